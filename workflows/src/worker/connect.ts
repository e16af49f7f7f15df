import { setTimeout as delay } from 'node:timers/promises';
import { NativeConnection, TransportError } from '@temporalio/worker';

/** Waits half a minute for Temporal, so that processes may be started in any order. @throws Error with a sentence */
export async function connectToTemporal(address: string, within = 30_000): Promise<NativeConnection> {
  const deadline = Date.now() + within;
  for (;;) {
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (Date.now() > deadline) throw new Error(`Temporal does not answer at ${address}.`, { cause: error });
      await delay(250);
    }
  }
}
