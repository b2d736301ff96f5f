import { Injectable } from '@nestjs/common';
import { ChronosConfig } from '#config';
import { ChronosError, type JobType, type JsonObject, type JsonValue } from '#contracts';
import { SecretBox } from './secret-box.js';
import { mapSecretFields } from './secret-paths.js';

/** What a client sees in place of a secret, and may send back to keep it. */
export const SECRET_MASK = '********';

const SEALED = '$sealed';

/** Keeps the secrets of job payloads: sealed at rest, open only in the worker that runs them, masked elsewhere. */
@Injectable()
export class PayloadSecrets {
  readonly #box: SecretBox;

  constructor(config: ChronosConfig) {
    this.#box = new SecretBox([config.secrets.encryptionKey]);
  }

  /**
   * The payload as it is stored. A field that holds the mask keeps what `stored` has there.
   * @throws ChronosError VALIDATION_FAILED where the mask is given and nothing is stored, or `$sealed` is used as a key
   */
  seal(type: JobType, payload: JsonObject, secretFields: readonly string[], stored?: JsonObject): JsonObject {
    refuseReservedKey(payload, 'payload');
    return mapSecretFields(type, payload, secretFields, (value, path) => {
      if (isSealed(value)) return value;
      if (value !== SECRET_MASK) return { [SEALED]: this.#box.seal(JSON.stringify(value)) };
      const kept = stored && valueAt(stored, path.split('.').slice(1));
      if (kept !== undefined && isSealed(kept)) return kept;
      throw ChronosError.invalid(path, `is the mask of a secret, but none is stored there; give its value`);
    });
  }

  /** The payload as an executor receives it. */
  open(payload: JsonObject): JsonObject {
    return mapSealed(payload, (sealed) => JSON.parse(this.#box.open(sealed)) as JsonValue) as JsonObject;
  }

  /** The payload as a client may see it. */
  mask(payload: JsonObject): JsonObject {
    return mapSealed(payload, () => SECRET_MASK) as JsonObject;
  }

  /** The secret texts of a stored payload, for keeping them out of logs. */
  secretsOf(payload: JsonObject): string[] {
    const secrets: string[] = [];
    mapSealed(payload, (sealed) => {
      const value = JSON.parse(this.#box.open(sealed)) as JsonValue;
      if (typeof value === 'string') secrets.push(value);
      return null;
    });
    return secrets;
  }
}

function isSealed(value: JsonValue): value is { [SEALED]: string } {
  return (
    value !== null && typeof value === 'object' && !Array.isArray(value) && typeof value[SEALED] === 'string'
  );
}

function mapSealed(value: JsonValue, open: (sealed: string) => JsonValue): JsonValue {
  if (isSealed(value)) return open(value[SEALED]);
  if (Array.isArray(value)) return value.map((item) => mapSealed(item, open));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapSealed(item, open)]));
}

function refuseReservedKey(value: JsonValue, path: string): void {
  if (value === null || typeof value !== 'object') return;
  for (const [key, item] of Object.entries(value)) {
    if (key === SEALED)
      throw ChronosError.invalid(`${path}.${key}`, 'is a name Chronos keeps for itself; rename the field');
    refuseReservedKey(item, `${path}.${key}`);
  }
}

function valueAt(payload: JsonObject, path: string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, key) => {
    if (value === null || typeof value !== 'object') return undefined;
    return Array.isArray(value) ? value[Number(key)] : value[key];
  }, payload);
}
