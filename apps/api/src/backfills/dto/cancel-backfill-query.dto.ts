import { ChoiceField } from '../../http/index.js';

const YES_OR_NO = ['true', 'false'] as const;

export class CancelBackfillQueryDto {
  @ChoiceField(YES_OR_NO, {
    optional: true,
    enumName: 'CancelRunning',
    description: 'Cancel also what has begun.',
  })
  running?: (typeof YES_OR_NO)[number];
}
