import { JetStreamApiError } from '@nats-io/jetstream';
import { RequestError } from '@nats-io/transport-node';
import { kept } from '../kept.js';

/**
 * Something in JetStream that is created on first use, and created again if it is gone because NATS has lost its store.
 */
export class Lazy<T> {
  #made: () => Promise<T>;

  constructor(private readonly make: () => Promise<T>) {
    this.#made = kept(make);
  }

  /** Does the work; retries it once if what it needs is gone. */
  async use<R>(work: (made: T) => Promise<R>): Promise<R> {
    const made = this.#made;
    try {
      return await work(await made());
    } catch (error) {
      if (!isGone(error)) throw error;
      if (this.#made === made) this.#made = kept(this.make);
      return work(await this.#made());
    }
  }
}

const streamNotFound = 10059;

/** The stream to read from does not exist, or no stream has the subject that was published to. */
function isGone(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.code === streamNotFound;
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof RequestError && cause.isNoResponders();
}
