import { fillInSampleData } from '../sample/fill-in.js';
import { deleteData, ownConfiguration } from '../supervisor/own-configuration.js';
import { startStack, type OwnStack } from '../supervisor/stack.js';

/**
 * A stack for one purpose, beside any other: on free ports, with data of its own that are deleted with it. No later start
 * looks for it, so it ends with this process, however that ends.
 */
export async function startOwnStack(
  purpose: string,
  { say, signal }: { say: (sentence: string) => void; signal: AbortSignal },
): Promise<OwnStack> {
  const configuration = await ownConfiguration(purpose);
  try {
    const stack = await startStack({
      configuration,
      say,
      signal,
      detached: false,
      prepare: (started) => fillInSampleData(started, say),
    });
    const stop = async () => {
      await stack.stop();
      deleteData(configuration);
    };
    return { ...stack, stop };
  } catch (error) {
    deleteData(configuration);
    throw error;
  }
}
