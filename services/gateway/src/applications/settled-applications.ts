import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { applicationApproved, applicationRejected, eventFilter, type Envelope } from '@tenure/contracts';
import { Nats } from '@tenure/platform';

/**
 * Hears which applications were approved or rejected, for those who wait for the outcome of a decision: asking accounts
 * before then tells nothing. Only a hint that it is time to ask: nothing is lost when it does not come.
 */
@Injectable()
export class SettledApplications implements OnApplicationBootstrap {
  /** Whom to wake, by application. */
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(private readonly nats: Nats) {}

  async onApplicationBootstrap(): Promise<void> {
    let refused: Error | undefined;
    for (const event of [applicationApproved, applicationRejected])
      this.nats.connection.subscribe(eventFilter(event), {
        callback: (error, message) => {
          if (error) refused = error;
          else if (this.#waiting.size > 0) this.#wake(message.json<Pick<Envelope, 'applicationId'>>());
        },
      });
    await this.nats.connection.flush(); // By its end the server has allowed or refused the subscriptions.
    if (refused !== undefined) throw new Error('NATS refuses to tell of settled applications.', { cause: refused });
  }

  /** From now on. `heard` resolves when the application is told to be approved or rejected, if ever. */
  listenTo(applicationId: string): { heard: Promise<void>; stop(): void } {
    const { promise: heard, resolve } = Promise.withResolvers<void>();
    const those = this.#waiting.get(applicationId) ?? new Set();
    this.#waiting.set(applicationId, those.add(resolve));
    const stop = () => {
      those.delete(resolve);
      if (those.size === 0) this.#waiting.delete(applicationId);
    };
    return { heard, stop };
  }

  #wake({ applicationId }: Pick<Envelope, 'applicationId'>): void {
    for (const wake of this.#waiting.get(applicationId ?? '') ?? []) wake();
  }
}
