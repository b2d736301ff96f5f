import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { newId } from '#database';

/** Who this worker process is: a new id with every start, so that the dead are never taken for the living. */
@Injectable()
export class WorkerIdentity {
  readonly id = newId();
  readonly host = hostname();
  readonly pid = process.pid;
  readonly startedAt = new Date();
}
