import { type Failure, failure, NotSerialisableError, type Outcome, toStorableJson } from '#contracts';

/**
 * What an executor returned, held to the contract: a known status with the fields it must have, a result that
 * JSON can carry within `maxResultBytes`, texts that PostgreSQL takes. What breaks it becomes a failure that
 * no retry mends. Only a failure's result is dropped instead, with `onDropped` told: the failure itself and
 * whether it is retried matter more.
 */
export function checkedOutcome(
  returned: unknown,
  maxResultBytes: number,
  onDropped: (why: string) => void,
): Outcome {
  if (typeof returned !== 'object' || returned === null) return brokenContract(typeof returned);
  const outcome = returned as Partial<Outcome>;
  switch (outcome.status) {
    case 'completed':
      return completed((outcome as { result?: unknown }).result, maxResultBytes);
    case 'failed':
      return failed(outcome, maxResultBytes, onDropped);
    case 'cancelled':
      return { status: 'cancelled' };
    case 'snoozed': {
      const { delayMs } = outcome as { delayMs?: unknown };
      return isDuration(delayMs)
        ? { status: 'snoozed', delayMs }
        : brokenContract('snoozed without a delayMs of 0 or more');
    }
    default:
      return brokenContract(`status ${JSON.stringify(outcome.status)}`);
  }
}

function completed(result: unknown, maxResultBytes: number): Outcome {
  const kept = storable(result, maxResultBytes);
  return 'fault' in kept
    ? failure(kept.code, kept.fault, { retryable: false })
    : { status: 'completed', result: kept.value };
}

function failed(
  outcome: Partial<Failure>,
  maxResultBytes: number,
  onDropped: (why: string) => void,
): Outcome {
  const { error, result, retryAfterMs } = outcome;
  if (
    typeof error?.code !== 'string' ||
    typeof error.message !== 'string' ||
    typeof error.retryable !== 'boolean'
  ) {
    return brokenContract('failed without an error of code, message and retryable');
  }
  if (retryAfterMs !== undefined && !isDuration(retryAfterMs)) {
    return brokenContract('failed with a retryAfterMs that is no duration');
  }
  const checked = failure(error.code, error.message, {
    retryable: error.retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
  if (result === undefined) return checked;
  const kept = storable(result, maxResultBytes);
  if ('fault' in kept) {
    onDropped(kept.fault);
    return checked;
  }
  return { ...checked, result: kept.value };
}

type Storable = { value: ReturnType<typeof toStorableJson>['value'] } | { code: string; fault: string };

function storable(result: unknown, maxResultBytes: number): Storable {
  try {
    const { value, bytes } = toStorableJson(result);
    if (bytes <= maxResultBytes) return { value };
    return {
      code: 'RESULT_TOO_LARGE',
      fault: `The result takes ${bytes} bytes as JSON; at most ${maxResultBytes} are kept. Return a reference to large data instead of the data.`,
    };
  } catch (error) {
    if (!(error instanceof NotSerialisableError)) throw error;
    return { code: 'RESULT_NOT_SERIALISABLE', fault: `The result cannot be kept as JSON: ${error.message}.` };
  }
}

function brokenContract(what: string): Failure {
  return failure('EXECUTOR_CONTRACT', `The executor returned no known outcome: ${what}.`, {
    retryable: false,
  });
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
