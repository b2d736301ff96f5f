import { Injectable } from '@nestjs/common';
import { type AttemptEnd, failure, type Failure, failureOf, type JsonObject } from '#contracts';
import type { ClaimedExecution } from '#executions';
import { ParentRuns, type VersionedDefinition } from '#jobs';
import { NamedSecrets, PayloadSecrets, Redactor } from '#secrets';
import { namesIn, renderTemplates, type TemplateScope } from '#templates';

/** What an attempt runs with, or why it cannot. Either way, what must not be kept of it in the clear. */
export interface PreparedPayload {
  redactor: Redactor;
  /** Missing where `fault` says why. */
  payload?: JsonObject;
  fault?: Failure;
}

/**
 * Makes the payload of one attempt from what is stored: opens its secrets, and fills its templates in with the owner's
 * named secrets as they are now. Nothing of it is ever stored.
 */
@Injectable()
export class PreparePayload {
  constructor(
    private readonly payloadSecrets: PayloadSecrets,
    private readonly namedSecrets: NamedSecrets,
    private readonly parentRuns: ParentRuns,
  ) {}

  /**
   * Never rejects. A secret that is gone (`SECRET_MISSING`) and a template that gives nothing (`TEMPLATE_FAILED`) are not
   * retried; what cannot be read at the moment is.
   */
  async prepare(execution: ClaimedExecution, definition: VersionedDefinition): Promise<PreparedPayload> {
    const stored = execution.payloadOverride ?? definition.payload;
    let own: string[] = [];
    try {
      own = this.payloadSecrets.secretsOf(stored);
      const payload = this.payloadSecrets.open(stored);
      // Braces of a payload from before there were templates are braces.
      const isLiteral = !execution.payloadOverride && !definition.usedSecrets;
      if (isLiteral) return { payload, redactor: new Redactor(own) };
      return await this.#fillIn(payload, own, execution, definition);
    } catch (error) {
      return { fault: failureOf(error, 'PAYLOAD_UNREADABLE'), redactor: new Redactor(own) };
    }
  }

  async #fillIn(
    payload: JsonObject,
    own: string[],
    execution: ClaimedExecution,
    definition: VersionedDefinition,
  ): Promise<PreparedPayload> {
    const names = namesIn(payload);
    const values = await this.namedSecrets.open(definition.ownerId, names.secrets);
    const parents = await this.parentRuns.open(execution, definition.after ?? [], names.parents);
    const hidden = [...own, ...values.values()];
    const missing = names.secrets.filter((secret) => !values.has(secret));
    if (missing.length > 0) return { fault: missingSecrets(missing), redactor: new Redactor(hidden) };
    try {
      const scope = scopeOf(execution, definition.name, values, parents);
      const filled = renderTemplates(payload, scope);
      // A secret field that is a template is secret in what it gives, not in what it says.
      const ownFilled = renderTemplates(own, scope).value as string[];
      return {
        payload: filled.value as JsonObject,
        redactor: new Redactor([...hidden, ...ownFilled, ...filled.secrets]),
      };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const absent = names.parents.filter((parent) => !Object.hasOwn(parents, parent));
      return {
        fault: failure('TEMPLATE_FAILED', `${message}${absentParents(absent)}`, { retryable: false }),
        redactor: new Redactor(hidden),
      };
    }
  }
}

/** The value of each variable a template knows. */
function scopeOf(
  { id, jobId, attempt, scheduledFor }: ClaimedExecution,
  jobName: string,
  secrets: Map<string, string>,
  parents: JsonObject,
): TemplateScope {
  return {
    secrets: Object.fromEntries(secrets),
    scheduledFor: scheduledFor.toISOString(),
    executionId: id,
    jobId,
    jobName,
    attempt,
    parents,
  };
}

function absentParents(names: string[]): string {
  if (names.length === 0) return '';
  return ` No run of ${names.map((name) => JSON.stringify(name)).join(', ')} set this one off.`;
}

function missingSecrets(names: string[]): Failure {
  const listed = names.map((name) => `"${name}"`).join(', ');
  return failure(
    'SECRET_MISSING',
    `The payload uses ${names.length === 1 ? 'the secret' : 'the secrets'} ${listed}, which the owner of the job does not have any more. Make it again with POST /api/v1/secrets, or change the payload.`,
    { retryable: false },
  );
}

/** How an attempt ended, without its secrets. */
export function redactEnd(end: AttemptEnd, redactor: Redactor): AttemptEnd {
  const error = 'error' in end ? { ...end.error, message: redactor.text(end.error.message) } : undefined;
  const result = 'result' in end && end.result !== undefined ? redactor.json(end.result) : undefined;
  return { ...end, ...(error && { error }), ...(result !== undefined && { result }) };
}
