import { setTimeout as delay } from 'node:timers/promises';
import { NativeConnection, TransportError } from '@temporalio/worker';
import type { TemporalServer } from '@tenure/platform/temporal';

/**
 * Waits up to half a minute for Temporal, so that processes can be started in any order. @throws Error with a readable
 * message
 */
export async function connectToTemporal(server: TemporalServer, within = 30_000): Promise<NativeConnection> {
  const deadline = Date.now() + within;
  for (;;) {
    try {
      return await NativeConnection.connect({ ...server });
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (Date.now() > deadline)
        throw new Error(`Temporal does not answer at ${server.address}: ${error.message}`, { cause: error });
      await delay(250);
    }
  }
}
