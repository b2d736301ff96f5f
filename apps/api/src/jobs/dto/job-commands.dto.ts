import { type JsonObject, OVERLAP_POLICIES, type OverlapPolicy } from '#contracts';
import type { TriggerInput } from '#jobs';
import { BooleanField, ChoiceField, JsonObjectField, TextField } from '../../http/index.js';

export class PauseJobDto {
  @TextField({
    optional: true,
    max: 500,
    description: 'Shown as `statusReason`.',
    example: 'Supplier is down',
  })
  reason?: string;
}

export class ResumeJobDto {
  @BooleanField({
    optional: true,
    description: 'Apply the misfire policy to the times that passed while it was paused.',
    default: false,
  })
  catchUp?: boolean;
}

export class TriggerJobDto implements TriggerInput {
  @JsonObjectField({ optional: true, description: "Runs with this payload instead of the job's own." })
  payload?: JsonObject;

  @ChoiceField(OVERLAP_POLICIES, {
    optional: true,
    enumName: 'OverlapPolicy',
    description: "Instead of the job's own, for this run.",
  })
  overlapPolicy?: OverlapPolicy;

  @BooleanField({
    optional: true,
    description: 'False: the jobs that run after this one do not follow it.',
    default: true,
  })
  runChildren?: boolean;
}

const YES_OR_NO = ['true', 'false'] as const;

export class DeleteJobQueryDto {
  @ChoiceField(YES_OR_NO, {
    optional: true,
    enumName: 'Force',
    description: 'Delete it also where it is in use.',
  })
  force?: (typeof YES_OR_NO)[number];
}
