import { isDeepStrictEqual } from 'node:util';
import { Logger } from '@nestjs/common';
import { Loop } from '../process/loop.js';
import type { TemporalServer } from './server.js';

/** The pause between two looks, in milliseconds. */
const PAUSE = 60_000;

/**
 * Reads again how Temporal is reached: whoever renews a certificate or a key replaces its file. Temporal refuses new
 * connections with the earlier one once it has expired.
 */
export class TemporalRenewal {
  readonly #log = new Logger('Temporal');
  readonly #loop = new Loop(() => this.look().then(() => PAUSE));

  /**
   * @param current what the connection was opened with
   * @param connect replaces the connection; if it fails, the earlier one stays until a later look
   */
  constructor(
    private current: TemporalServer,
    private readonly read: () => TemporalServer,
    private readonly connect: (server: TemporalServer) => Promise<void> | void,
  ) {}

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async look(): Promise<void> {
    try {
      const server = this.read();
      if (isDeepStrictEqual(server, this.current)) return;
      await this.connect(server);
      this.current = server;
      this.#log.log('Connected to Temporal with what its certificates and keys are now.');
    } catch (error) {
      this.#log.warn(`Changed certificates or keys for Temporal cannot be used: ${String(error)}`);
    }
  }
}
