import { Injectable } from '@nestjs/common';
import { ChronosConfig } from '#config';
import {
  type Actor,
  ChronosError,
  type CustomPayload,
  DEFAULT_BACKOFF,
  type FieldFault,
  type JobType,
  type JsonObject,
  payloadFaults,
  SECRET_NOTIFICATION_FIELDS,
} from '#contracts';
import type { SqlRunner } from '#database';
import { WorkerRegistry } from '#executions';
import { NamedSecrets, PayloadSecrets } from '#secrets';
import { checkTemplates, isTemplated, namesIn, type NameUse } from '#templates';
import { parentKeys, resolveAfter } from '../chain/resolve-after.js';
import type { StoredChainLink } from '../chain/stored-chain-link.js';
import type { JobDefinition } from '../job-definition.js';
import type { JobPatch } from '../job-input.js';
import { resolveSchedule } from '../schedule/resolve-schedule.js';
import { resolveCalendars } from './resolve-calendars.js';
import { resolveRepetition } from './resolve-repetition.js';

export const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_CATCHUP_WINDOW_MS = 86_400_000;

/**
 * Makes a whole, valid definition from what a client said and, for an edit, what stood before. All faults are
 * reported together.
 */
@Injectable()
export class ResolveDefinition {
  constructor(
    private readonly config: ChronosConfig,
    private readonly secrets: PayloadSecrets,
    private readonly namedSecrets: NamedSecrets,
    private readonly workers: WorkerRegistry,
  ) {}

  /**
   * @param runner the caller's transaction; where `patch.after` is given, one that holds the owner's chains (`lockChains`)
   * @param ownerId whose secrets the payload may name, and whose jobs `after` may
   * @throws ChronosError VALIDATION_FAILED with a fault per field, or FORBIDDEN for a type the actor may not use
   */
  async resolve(
    runner: SqlRunner,
    actor: Actor,
    ownerId: string,
    patch: JobPatch,
    stood?: { id?: string; definition: JobDefinition },
  ): Promise<JobDefinition> {
    const before = stood?.definition;
    const type = patch.type ?? before?.type;
    if (!type) throw ChronosError.invalid('type', 'is missing: name the type of the job');
    this.#assertMayUse(actor, type);
    const faults: FieldFault[] = [];
    const schedule = resolveSchedule(patch, before, this.config.jobs.minScheduleIntervalSeconds, faults);
    const { scheduleType } = schedule;
    const repetition = resolveRepetition(scheduleType, patch, before, faults);
    const after = await resolveAfter(
      runner,
      {
        scheduleType,
        given: patch.after,
        before: before?.scheduleType === 'chained' ? (before.after ?? []) : undefined,
        ownerId,
        jobId: stood?.id,
      },
      faults,
    );
    const overlap = resolveOverlap(patch, before, faults);
    const secretFields = patch.secretFields ?? before?.secretFields ?? [];
    const payload = { type, patch, secretFields, before, after };
    const resolved = await this.#resolvePayload(runner, ownerId, payload, faults);
    const calendars = await resolveCalendars(runner, ownerId, scheduleType, patch, before, faults);
    if (faults.length > 0) {
      throw new ChronosError('VALIDATION_FAILED', 'The job is not valid; see details.', { details: faults });
    }
    return {
      name: patch.name ?? before?.name ?? '',
      description: patch.description === undefined ? (before?.description ?? null) : patch.description,
      type,
      ...resolved,
      secretFields,
      ...schedule,
      after,
      maxRetries: patch.maxRetries ?? before?.maxRetries ?? this.config.jobs.maxRetryAttempts,
      retryDelayMs: patch.retryDelay ?? before?.retryDelayMs ?? this.config.jobs.retryDelayMs,
      backoff: { ...(before?.backoff ?? DEFAULT_BACKOFF), ...patch.backoff },
      timeoutMs: patch.timeout ?? before?.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      priority: patch.priority ?? before?.priority ?? 0,
      tags: patch.tags ? [...new Set(patch.tags)] : (before?.tags ?? []),
      notifications: this.#resolveNotifications(patch, before),
      ...overlap,
      misfirePolicy: patch.misfirePolicy ?? before?.misfirePolicy ?? 'fire_once',
      catchupWindowMs: patch.catchupWindow ?? before?.catchupWindowMs ?? DEFAULT_CATCHUP_WINDOW_MS,
      ...repetition,
      calendars,
    };
  }

  /**
   * A payload given for one run: checked and sealed like the job's own.
   * @throws ChronosError VALIDATION_FAILED, or FORBIDDEN for a type the actor may not use
   */
  async resolvePayloadOverride(
    runner: SqlRunner,
    actor: Actor,
    ownerId: string,
    job: JobDefinition,
    payload: JsonObject,
  ): Promise<JsonObject> {
    this.#assertMayUse(actor, job.type);
    const faults: FieldFault[] = [];
    const resolved = await this.#resolvePayload(
      runner,
      ownerId,
      {
        type: job.type,
        patch: { payload },
        secretFields: job.secretFields,
        before: job,
        after: job.after ?? [],
      },
      faults,
    );
    if (faults.length > 0) {
      throw new ChronosError('VALIDATION_FAILED', 'The payload is not valid; see details.', {
        details: faults,
      });
    }
    return resolved.payload;
  }

  #assertMayUse(actor: Actor, type: JobType): void {
    const { policy } = this.config.script;
    if (type !== 'script' || policy === 'all' || (policy === 'admin' && actor.role === 'admin')) return;
    throw new ChronosError(
      'FORBIDDEN',
      policy === 'off'
        ? 'Script jobs are switched off on this installation (SCRIPT_JOBS=off).'
        : 'Only administrators may create or change script jobs on this installation (SCRIPT_JOBS=admin).',
    );
  }

  async #resolvePayload(
    runner: SqlRunner,
    ownerId: string,
    { type, patch, secretFields, before, after }: PayloadRequest,
    faults: FieldFault[],
  ): Promise<Pick<JobDefinition, 'payload' | 'usedSecrets'>> {
    if (before && !touchesPayload(patch)) {
      if (touchesChain(patch)) faults.push(...this.#keptParentFaults(before, after));
      return { payload: before.payload, usedSecrets: before.usedSecrets ?? null };
    }
    const stored = before?.type === type ? before.payload : undefined;
    const given = patch.payload ?? (before ? this.secrets.mask(before.payload) : {});
    // A secret need not be a text: what the mask stands for is what has to be valid.
    const meant = stored ? this.secrets.unmask(given, stored) : given;
    const templates = checkTemplates(meant, 'payload');
    const found = [...templates.faults, ...payloadFaults(type, meant, isTemplated)];
    faults.push(...found);
    if (found.length > 0) return { payload: given };
    faults.push(...(await this.#secretFaults(runner, ownerId, templates.secrets)));
    faults.push(...parentFaults(templates.parents, after));
    if (type === 'custom') {
      faults.push(...(await this.#handlerFaults(runner, meant as CustomPayload & JsonObject)));
    }
    return {
      payload: this.secrets.seal(type, given, secretFields, stored),
      usedSecrets: namesIn(meant).secrets,
    };
  }

  /** A payload that stays as it is may name parents that the job is no longer to run after. */
  #keptParentFaults({ payload, usedSecrets }: JobDefinition, after: StoredChainLink[]): FieldFault[] {
    if (!usedSecrets) return [];
    return parentFaults(checkTemplates(this.secrets.open(payload), 'payload').parents, after);
  }

  async #secretFaults(runner: SqlRunner, ownerId: string, uses: NameUse[]): Promise<FieldFault[]> {
    const missing = new Set(
      await this.namedSecrets.missing(runner, ownerId, [...new Set(uses.map(({ name }) => name))]),
    );
    return uses
      .filter(({ name }) => missing.has(name))
      .map(({ field, name }) => ({
        field,
        message: `names the secret "${name}", which the owner of the job does not have; make it with POST /api/v1/secrets`,
      }));
  }

  /** Replaced as a whole; masked secrets in it stay. */
  #resolveNotifications({ notifications }: JobPatch, before: JobDefinition | undefined): JsonObject {
    if (!notifications) return before?.notifications ?? {};
    // As JSON stores it: without what was left out.
    const given = JSON.parse(JSON.stringify(notifications)) as JsonObject;
    return this.secrets.sealFields('notifications', given, SECRET_NOTIFICATION_FIELDS, before?.notifications);
  }

  /** A name no worker knows is a slip of the pen, unless there is no worker yet to know any. */
  async #handlerFaults(runner: SqlRunner, { handler }: CustomPayload): Promise<FieldFault[]> {
    if (isTemplated(handler)) return [];
    const known = (await this.workers.handlers(runner)).map(({ name }) => name);
    if (known.length === 0 || known.includes(handler)) return [];
    const names = known.slice(0, 20).join(', ');
    return [
      { field: 'payload.handler', message: `no worker knows a handler "${handler}"; known are: ${names}` },
    ];
  }
}

interface PayloadRequest {
  type: JobType;
  patch: JobPatch;
  secretFields: string[];
  before: JobDefinition | undefined;
  after: StoredChainLink[];
}

function resolveOverlap(
  patch: JobPatch,
  before: JobDefinition | undefined,
  faults: FieldFault[],
): Pick<JobDefinition, 'overlapPolicy' | 'maxConcurrency'> {
  const overlapPolicy = patch.overlapPolicy ?? before?.overlapPolicy ?? 'skip';
  const given = patch.maxConcurrency === undefined ? (before?.maxConcurrency ?? null) : patch.maxConcurrency;
  if (overlapPolicy === 'allow_all') return { overlapPolicy, maxConcurrency: given };
  if (typeof patch.maxConcurrency === 'number') {
    faults.push({
      field: 'maxConcurrency',
      message: `bounds the overlap policy "allow_all"; with "${overlapPolicy}" one execution runs at a time. Leave it out`,
    });
  }
  return { overlapPolicy, maxConcurrency: null };
}

/** What a change leaves alone was valid when it was given: a rule or a worker gone since must not block a new name. */
function touchesPayload(patch: JobPatch): boolean {
  return patch.payload !== undefined || patch.type !== undefined || patch.secretFields !== undefined;
}

function touchesChain(patch: JobPatch): boolean {
  return patch.after !== undefined || patch.scheduleType !== undefined;
}

function parentFaults(uses: NameUse[], after: StoredChainLink[]): FieldFault[] {
  const known = parentKeys(after);
  const names = after.map(({ name }) => JSON.stringify(name)).join(', ') || 'none';
  return uses
    .filter(({ name }) => !known.has(name))
    .map(({ field, name }) => ({
      field,
      message: `names the parent ${JSON.stringify(name)}, which the job does not run after; "after" names ${names}`,
    }));
}
