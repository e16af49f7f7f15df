import { JetStreamApiError } from '@nats-io/jetstream';
import { RequestError } from '@nats-io/transport-node';
import { kept } from '../kept.js';

/** Something in JetStream that is made when it is first needed, and made anew once it is gone: NATS may have lost its store. */
export class MadeWhenNeeded<T> {
  #made: () => Promise<T>;

  constructor(private readonly make: () => Promise<T>) {
    this.#made = kept(make);
  }

  /** Does the work, once more if what it needs is gone. */
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

/** Read from a stream that is not there, or told on a subject that none has. */
function isGone(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.code === streamNotFound;
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof RequestError && cause.isNoResponders();
}
