import { rmSync } from 'node:fs';
import path from 'node:path';
import { portNames, type Configuration } from '../configuration.js';
import { localFolder } from '../folders.js';
import { fillInSampleData } from '../sample/fill-in.js';
import { freePort } from '../servers/ports.js';
import { postgresDataFolder } from '../servers/postgres.js';
import { startStack, type OwnStack } from '../supervisor/stack.js';

/** A stack for one purpose, beside any other: on free ports, with data of its own that are deleted with it. */
export async function startOwnStack(
  purpose: string,
  { say, signal }: { say: (sentence: string) => void; signal: AbortSignal },
): Promise<OwnStack> {
  const configuration = await ownConfiguration(purpose);
  const { dataFolder } = configuration;
  const clear = () => {
    // As root in a closed clone, PostgreSQL's data lie elsewhere.
    for (const folder of [postgresDataFolder(path.join(dataFolder, 'postgres')), dataFolder])
      rmSync(folder, { recursive: true, force: true });
  };
  try {
    const stack = await startStack({
      configuration,
      say,
      signal,
      prepare: (started) => fillInSampleData(started, say),
    });
    const stop = async () => {
      await stack.stop();
      clear();
    };
    return { ...stack, stop };
  } catch (error) {
    clear();
    throw error;
  }
}

async function ownConfiguration(purpose: string): Promise<Configuration> {
  const dataFolder = path.join(localFolder, `${purpose}-${process.pid}`);
  const ports = new Set<number>();
  while (ports.size < portNames.length) ports.add(await freePort());
  const [...free] = ports;
  const byName = Object.fromEntries(portNames.map((name, index) => [name, free[index]!])) as Configuration['ports'];
  return {
    ports: byName,
    dataFolder,
    // Beside the data, and kept when they are deleted: the logs of the last run.
    logFolder: path.join(localFolder, 'logs', purpose),
    publicUrl: `http://localhost:${byName.gateway}`,
    resendApiKey: undefined,
  };
}
