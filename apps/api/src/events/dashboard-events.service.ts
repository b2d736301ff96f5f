import { Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { canAccess } from '#contracts';
import { ChangeFeed, type FedChange } from './change-feed.service.js';
import type { EventStream, StreamedEvent } from './event-stream.js';

/** Tells a stream what changes of the jobs its reader may see. */
@Injectable()
export class DashboardEvents {
  constructor(private readonly feed: ChangeFeed) {}

  /**
   * Goes on until the stream ends. Begins with `ready`, whose id is where the feed stands; where a client comes again
   * with an id that is still known, with what it missed; else with `reset`.
   */
  follow(stream: EventStream, actor: Principal, lastEventId: string | undefined): void {
    const tell = (fed: FedChange) => {
      if (isVisible(fed, actor)) stream.send(eventOf(fed));
    };
    const missed = lastEventId === undefined ? [] : this.feed.since(lastEventId);
    if (missed === undefined) stream.send({ event: 'reset', id: this.feed.position, data: {} });
    else if (lastEventId === undefined) stream.send({ event: 'ready', id: this.feed.position, data: {} });
    for (const fed of missed ?? []) tell(fed);
    this.feed.listen(tell, stream.signal);
  }
}

function isVisible({ change, ownerId }: FedChange, actor: Principal): boolean {
  if (change.kind === 'many' || change.kind === 'system') return true;
  return ownerId !== undefined && canAccess(actor, ownerId);
}

function eventOf({ id, change }: FedChange): StreamedEvent {
  switch (change.kind) {
    case 'execution':
      return {
        id,
        event: 'execution',
        data: { id: change.id, jobId: change.jobId, status: change.status },
      };
    case 'backfill':
      return {
        id,
        event: 'backfill',
        data: { id: change.id, jobId: change.jobId, status: change.status },
      };
    case 'job':
      return { id, event: 'job', data: { id: change.jobId, status: change.status } };
    case 'system':
      return { id, event: 'system', data: { state: change.state } };
    case 'many':
      return { id, event: 'reset', data: {} };
  }
}
