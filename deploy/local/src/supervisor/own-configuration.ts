import { rmSync } from 'node:fs';
import path from 'node:path';
import { portNames, type Configuration } from '../configuration.js';
import { localFolder } from '../folders.js';
import { freePort } from '../servers/ports.js';
import { postgresDataFolder } from '../servers/postgres.js';

/**
 * The configuration of a stack beside others: free ports, and a data folder for this process alone, created in the
 * given folder.
 */
export async function ownConfiguration(purpose: string, folder = localFolder): Promise<Configuration> {
  const ports = new Set<number>();
  while (ports.size < portNames.length) ports.add(await freePort());
  const [...free] = ports;
  const byName = Object.fromEntries(portNames.map((name, index) => [name, free[index]!])) as Configuration['ports'];
  return {
    ports: byName,
    dataFolder: path.join(folder, `${purpose}-${process.pid}`),
    // Beside the data, and kept when they are deleted: the logs of the last run.
    logFolder: path.join(localFolder, 'logs', purpose),
    publicUrl: `http://localhost:${byName.gateway}`,
    resendApiKey: undefined,
  };
}

/** Deletes the data of a stack that has ended. */
export function deleteData({ dataFolder }: Configuration): void {
  // As root in a private clone, PostgreSQL's data are stored elsewhere.
  for (const folder of [postgresDataFolder(path.join(dataFolder, 'postgres')), dataFolder])
    rmSync(folder, { recursive: true, force: true });
}
