import {
  type DataSource,
  EntityManager,
  type EntitySubscriberInterface,
  type QueryRunner,
  type TransactionCommitEvent,
} from 'typeorm';
import type { ExecutionReason, ExecutionStatus, GapReason, JobType } from '#contracts';
import type { SqlRunner } from '#database';

/** Nominal times that went into the ledger without running, as one statement put them there. */
export type LedgerCount =
  | {
      kind: 'execution';
      type: JobType;
      status: Extract<ExecutionStatus, 'skipped' | 'missed'>;
      reason: ExecutionReason;
    }
  | { kind: 'gap'; reason: GapReason; times: number };

type Listener = (counts: LedgerCount[]) => void;

/** Tells a listener of what this process puts into the ledger through a data source, once it is committed. */
export function watchLedger(dataSource: DataSource, listener: Listener): void {
  dataSource.subscribers.push(new LedgerWatch(listener));
}

/**
 * Notes what a statement has put into the ledger. What is written in a transaction counts if and when that commits; where
 * nobody watches, it counts for nothing.
 * @param runner a manager, as all have who write the ledger
 */
export function countInLedger(runner: SqlRunner, counts: LedgerCount[]): void {
  if (counts.length === 0 || !(runner instanceof EntityManager)) return;
  for (const watch of runner.dataSource.subscribers) {
    if (watch instanceof LedgerWatch) watch.note(counts, runner.queryRunner);
  }
}

class LedgerWatch implements EntitySubscriberInterface {
  readonly #open = new WeakMap<QueryRunner, LedgerCount[]>();

  constructor(private readonly listener: Listener) {}

  note(counts: LedgerCount[], transaction: QueryRunner | undefined): void {
    if (!transaction?.isTransactionActive) this.listener(counts);
    else this.#open.set(transaction, [...(this.#open.get(transaction) ?? []), ...counts]);
  }

  afterTransactionCommit({ queryRunner }: TransactionCommitEvent): void {
    if (queryRunner.isTransactionActive) return;
    const counts = this.#open.get(queryRunner);
    if (counts) this.listener(counts);
    this.#open.delete(queryRunner);
  }

  afterTransactionRollback({ queryRunner }: TransactionCommitEvent): void {
    if (!queryRunner.isTransactionActive) this.#open.delete(queryRunner);
  }
}
