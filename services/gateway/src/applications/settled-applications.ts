import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  applicationApproved,
  applicationFailed,
  applicationFulfilled,
  applicationRejected,
  type Envelope,
} from '@tenure/contracts';
import { Nats } from '@tenure/platform/messaging';
import { whenTold } from '../told.js';

/** What is told of an application: that it was decided, and, later or with it, that nothing more is to be done. */
const told = [
  { event: applicationApproved, isEnd: false },
  { event: applicationRejected, isEnd: true },
  { event: applicationFulfilled, isEnd: true },
  { event: applicationFailed, isEnd: true },
];

/** Somebody who waits; each resolves when it is told, if ever. */
interface Waiting {
  /** Approved or rejected. */
  settled: PromiseWithResolvers<void>;
  /** Rejected, or approved and provisioned, or failed. */
  ended: PromiseWithResolvers<void>;
}

/**
 * Hears which applications were decided and provisioned, for those who wait for the outcome of a decision: asking
 * accounts before then tells nothing. Only a hint that it is time to ask: nothing is lost when it does not come.
 */
@Injectable()
export class SettledApplications implements OnApplicationBootstrap {
  /** By application. */
  readonly #waiting = new Map<string, Set<Waiting>>();

  constructor(private readonly nats: Nats) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { event, isEnd } of told)
      await whenTold(this.nats, event, (message) => {
        if (this.#waiting.size > 0) this.#wake(message.json<Pick<Envelope, 'applicationId'>>(), isEnd);
      });
  }

  /** From now on. */
  listenTo(applicationId: string): { settled: Promise<void>; ended: Promise<void>; stop(): void } {
    const one: Waiting = { settled: Promise.withResolvers<void>(), ended: Promise.withResolvers<void>() };
    const those = this.#waiting.get(applicationId) ?? new Set();
    this.#waiting.set(applicationId, those.add(one));
    const stop = () => {
      those.delete(one);
      if (those.size === 0) this.#waiting.delete(applicationId);
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
