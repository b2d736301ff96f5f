import { Injectable } from '@nestjs/common';
import { ChronosConfig } from '#config';
import {
  ChronosError,
  type JobType,
  type JsonObject,
  type JsonValue,
  mapFields,
  mapSecretFields,
  SECRET_MASK,
} from '#contracts';
import { type SecretBox, secretBoxOf } from './secret-box.js';
import { isSealed, mapSealed, SEALED } from './sealed.js';

/** Keeps the secrets of job payloads: sealed at rest, open only in the worker that runs them, masked elsewhere. */
@Injectable()
export class PayloadSecrets {
  readonly #box: SecretBox;

  constructor(config: ChronosConfig) {
    this.#box = secretBoxOf(config);
  }

  /**
   * The payload as it is stored. A field that holds the mask keeps what `stored` has there, and keeps it secret, also
   * where no rule says so any more.
   * @throws ChronosError VALIDATION_FAILED where the mask is given and nothing is stored, or `$sealed` is used as a key
   */
  seal(type: JobType, payload: JsonObject, secretFields: readonly string[], stored?: JsonObject): JsonObject {
    refuseReservedKey(payload, 'payload');
    const seal = (value: JsonValue, path: string) => this.#sealed(value, path);
    return mapSecretFields(type, keepMasked(payload, stored), secretFields, seal, isSealed);
  }

  /**
   * The same for settings beside the payload: `root` is the field they are, `paths` what of them is secret.
   * @throws ChronosError as `seal`
   */
  sealFields(root: string, value: JsonObject, paths: readonly string[], stored?: JsonObject): JsonObject {
    refuseReservedKey(value, root);
    const seal = (secret: JsonValue, path: string) => this.#sealed(secret, path);
    return mapFields(keepMasked(value, stored), paths, root, seal, isSealed);
  }

  /** The payload as an executor receives it. */
  open(payload: JsonObject): JsonObject {
    return mapSealed(payload, (sealed) => JSON.parse(this.#box.open(sealed)) as JsonValue) as JsonObject;
  }

  /** The payload a client means who sent back masks of what is stored. */
  unmask(payload: JsonObject, stored: JsonObject): JsonObject {
    refuseReservedKey(payload, 'payload');
    return this.open(keepMasked(payload, stored));
  }

  /** The payload as a client may see it. */
  mask(payload: JsonObject): JsonObject {
    return mapSealed(payload, () => SECRET_MASK) as JsonObject;
  }

  /** The secret texts of a stored payload, for keeping them out of logs. */
  secretsOf(payload: JsonObject): string[] {
    const secrets: string[] = [];
    mapSealed(payload, (sealed) => {
      secrets.push(...textsIn(JSON.parse(this.#box.open(sealed)) as JsonValue));
      return null;
    });
    return secrets;
  }

  #sealed(value: JsonValue, path: string): JsonValue {
    if (isSealed(value)) return value;
    if (value !== SECRET_MASK) return { [SEALED]: this.#box.seal(JSON.stringify(value)) };
    throw ChronosError.invalid(path, `is the mask of a secret, but none is stored there; give its value`);
  }
}

/** A value with each mask replaced by the sealed value that stands in its place in `stored`. */
function keepMasked<Value extends JsonValue>(value: Value, stored: JsonValue | undefined): Value;
function keepMasked(value: JsonValue, stored: JsonValue | undefined): JsonValue {
  if (value === SECRET_MASK) return isSealed(stored) ? stored : value;
  if (value === null || typeof value !== 'object' || stored === null || typeof stored !== 'object')
    return value;
  if (Array.isArray(value)) {
    return value.map((item, index) => keepMasked(item, Array.isArray(stored) ? stored[index] : undefined));
  }
  const before = Array.isArray(stored) ? {} : stored;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      keepMasked(item, Object.hasOwn(before, key) ? before[key] : undefined),
    ]),
  );
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

function refuseReservedKey(value: JsonValue, path: string): void {
  if (value === null || typeof value !== 'object') return;
  for (const [key, item] of Object.entries(value)) {
    if (key === SEALED)
      throw ChronosError.invalid(`${path}.${key}`, 'is a name Chronos keeps for itself; rename the field');
    refuseReservedKey(item, `${path}.${key}`);
  }
}
