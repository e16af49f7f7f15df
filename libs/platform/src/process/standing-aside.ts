import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Health } from './health.js';

/** What the instances of a service share: its requests, or the events of a consumer. */
export interface Share {
  /** Accepts nothing more, and returns what another instance can handle. */
  leave(): Promise<void>;
  join(): void;
}

/** How long something is unreachable before the instance stands aside, and the pause between two attempts, in milliseconds. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 1_000;

/**
 * Leaves requests and events to other instances while this one cannot reach what it needs (ADR 46): NATS gives each
 * instance its share, ready or not. It checks only after something has failed, and costs nothing while all is well.
 */
@Injectable()
export class StandingAside implements BeforeApplicationShutdown {
  readonly #log = new Logger(StandingAside.name);
  readonly #shares: Share[] = [];
  readonly #stop = new AbortController();
  #trying: Promise<void> | undefined;

  constructor(private readonly health: Health) {}

  add(share: Share): void {
    this.#shares.push(share);
  }

  /** A request or an event could not be handled because something was unavailable. */
  suspect(): void {
    this.#trying ??= this.#try()
      .catch((error: unknown) => this.#log.error(error))
      .finally(() => (this.#trying = undefined));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#trying;
  }

  async #try(): Promise<void> {
    const began = performance.now();
    let isAside = false;
    while (!this.#stop.signal.aborted && !(await this.health.isEverythingReachable())) {
      if (!isAside && performance.now() - began >= PATIENCE_MS) {
        isAside = true;
        this.#log.warn(
          'What this instance needs is unreachable: it accepts no requests or events until it is reachable.',
        );
        // Not awaited: what is in progress may hang for as long as the database does.
        for (const share of this.#shares) share.leave().catch((error: unknown) => this.#log.error(error));
      }
      await this.#pause();
    }
    if (isAside && !this.#stop.signal.aborted) {
      for (const share of this.#shares) share.join();
      this.#log.log('What this instance needs is reachable: it accepts requests and events again.');
    }
    await this.#pause(); // Many requests may fail at once for another reason.
  }

  async #pause(): Promise<void> {
    await delay(PAUSE_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
