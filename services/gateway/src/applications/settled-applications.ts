import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  applicationApproved,
  applicationFailed,
  applicationFulfilled,
  applicationRejected,
  type Envelope,
} from '@tenure/contracts';
import { Nats } from '@tenure/platform/messaging';
import { subscribeTo } from '../subscribe-to.js';

/** The events about a decided application; after those with `isEnd` nothing more follows. */
const events = [
  { event: applicationApproved, isEnd: false },
  { event: applicationRejected, isEnd: true },
  { event: applicationFulfilled, isEnd: true },
  { event: applicationFailed, isEnd: true },
];

/** A request that waits. Each promise resolves when its event arrives, which may be never. */
interface Waiting {
  /** Approved or rejected. */
  settled: PromiseWithResolvers<void>;
  /** Rejected, or approved and provisioned, or failed. */
  ended: PromiseWithResolvers<void>;
}

/**
 * Notifies requests that wait for the outcome of a decision when the application is decided and when it is provisioned:
 * polling accounts earlier is useless. An event is only a hint to ask; nothing is lost if it does not arrive.
 */
@Injectable()
export class SettledApplications implements OnApplicationBootstrap {
  /** By application. */
  readonly #waiting = new Map<string, Set<Waiting>>();

  constructor(private readonly nats: Nats) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { event, isEnd } of events)
      await subscribeTo(this.nats, event, (message) => {
        if (this.#waiting.size > 0) this.#wake(message.json<Pick<Envelope, 'applicationId'>>(), isEnd);
      });
  }

  /** Waits for the events of one application from now on; call `stop` when done. */
  listenTo(applicationId: string): { settled: Promise<void>; ended: Promise<void>; stop(): void } {
    const one: Waiting = { settled: Promise.withResolvers<void>(), ended: Promise.withResolvers<void>() };
    const all = this.#waiting.get(applicationId) ?? new Set();
    this.#waiting.set(applicationId, all.add(one));
    const stop = () => {
      all.delete(one);
      if (all.size === 0) this.#waiting.delete(applicationId);
    };
    return { settled: one.settled.promise, ended: one.ended.promise, stop };
  }

  #wake({ applicationId }: Pick<Envelope, 'applicationId'>, isEnd: boolean): void {
    for (const { settled, ended } of this.#waiting.get(applicationId ?? '') ?? []) {
      settled.resolve();
      if (isEnd) ended.resolve();
    }
  }
}
