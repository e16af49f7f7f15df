import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { agreed } from '@tenure/platform/command/agreed';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { Stop } from '@tenure/platform/command/stop';
import { readConfiguration } from './configuration.js';
import { postgresDataFolder } from './servers/postgres.js';
import { AlreadyRunning, RunningFile } from './supervisor/running-file.js';

const usage = `npm run reset [-- --yes]

Deletes the data of this clone, or those in TENURE_DATA, after asking.
      --yes  (does not ask)`;

/** The content of a data folder; a folder with anything else in it is left alone. */
const known =
  /^(postgres(\.password|\.unfinished)?|nats|temporal|mailbox|identity-provider|logs|.*\.json(\.new|\.\d+)?)$/;

await runCommand('Interrupted.', main, usage);

async function main({ broken }: Command): Promise<number> {
  const { values } = parseArguments(usage, { options: { yes: { type: 'boolean' } } });
  await Promise.race([reset(values.yes === true), broken]);
  return 0;
}

async function reset(isAgreed: boolean): Promise<void> {
  const { dataFolder, logFolder } = readConfiguration();
  const inside = path.join(dataFolder, 'postgres');
  // Resolving PostgreSQL's folder elsewhere creates it if it is missing.
  const isThere = existsSync(dataFolder);
  const postgres = isThere ? postgresDataFolder(inside) : inside;
  const folders = [dataFolder, ...(postgres !== inside && existsSync(postgres) ? [postgres] : [])];
  const file = new RunningFile(dataFolder);
  const endFirst = (pid: number) => new Stop(`Tenure is running on ${dataFolder} (process ${pid}): stop it first.`);
  const running = file.read();
  if (running) throw endFirst(running.supervisor.pid);
  if (!isThere) return console.log(`There is nothing to delete: ${dataFolder} does not exist.`);
  const stranger = readdirSync(dataFolder).find((name) => !known.test(name));
  if (stranger) throw new Stop(`${dataFolder} also holds ${stranger}, which is not Tenure's: nothing was deleted.`);
  if (!isAgreed && !(await agreed(`Delete all data in ${folders.join(' and ')}?`)))
    return console.log('Nothing was deleted.');
  try {
    // From here on no other start can begin, and nothing that a killed one left keeps running without its data.
    await file.take((names) => console.log(`Stopping what an earlier start left behind: ${names.join(', ')} …`));
  } catch (error) {
    throw error instanceof AlreadyRunning ? endFirst(error.supervisor.pid) : error;
  }
  for (const folder of [...folders, logFolder]) rmSync(folder, { recursive: true, force: true });
  console.log('Deleted. The next npm start creates the sample data again.');
}
