import { ChoiceField } from '../../http/index.js';

const YES_OR_NO = ['true', 'false'] as const;

export class DeleteSecretQueryDto {
  @ChoiceField(YES_OR_NO, {
    optional: true,
    enumName: 'Force',
    description: 'Delete it also where jobs use it: their runs will fail.',
  })
  force?: (typeof YES_OR_NO)[number];
}
