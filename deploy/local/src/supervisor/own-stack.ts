import type { Configuration } from '../configuration.js';
import { fillInSampleData } from '../sample/fill-in.js';
import { deleteData, ownConfiguration } from './own-configuration.js';
import { startStack, type OwnStack, type StartOptions } from './stack.js';

interface OwnStackOptions extends Pick<StartOptions, 'signal' | 'prepare' | 'postgres' | 'backOffMs'> {
  /** Prints by default. */
  say?: StartOptions['say'];
  /** The folder for its data; beside those of `npm start` by default. */
  folder?: string;
  /** Called with the ports and folders before anything starts. */
  before?: (configuration: Configuration) => void;
}

/** Does the work on its own stack, which ends with it, even if the person at the terminal interrupts it. */
export async function onOwnStack(
  purpose: string,
  { broken, ...options }: OwnStackOptions & { broken: Promise<never> },
  work: (stack: OwnStack) => Promise<number>,
): Promise<number> {
  const stack = await startOwnStack(purpose, options);
  try {
    return await Promise.race([work(stack), stack.failed, broken]);
  } finally {
    await stack.stop();
  }
}

/**
 * A stack for one purpose, beside others: on free ports, with its own data that are deleted with it. No later start
 * looks for it, so it ends with this process, however that ends. It has the sample data, unless `prepare` says
 * otherwise.
 */
export async function startOwnStack(
  purpose: string,
  { folder, before, say = console.log, ...options }: OwnStackOptions,
): Promise<OwnStack> {
  const configuration = await ownConfiguration(purpose, folder);
  before?.(configuration);
  try {
    const stack = await startStack({
      prepare: (started) => fillInSampleData(started, say),
      ...options,
      say,
      configuration,
      detached: false,
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
