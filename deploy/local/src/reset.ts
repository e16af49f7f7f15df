import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { agreed } from '@tenure/platform/command/agreed';
import { readConfiguration } from './configuration.js';
import { postgresDataFolder } from './servers/postgres.js';
import { AlreadyRunning, RunningFile } from './supervisor/running-file.js';

/** `npm run reset`: deletes the data after asking; `-- --yes` does not ask. */
const { dataFolder, logFolder } = readConfiguration();
const inside = path.join(dataFolder, 'postgres');
// Resolving PostgreSQL's folder elsewhere creates it if it is missing.
const isThere = existsSync(dataFolder);
const postgres = isThere ? postgresDataFolder(inside) : inside;
const folders = [dataFolder, ...(postgres !== inside && existsSync(postgres) ? [postgres] : [])];
/** The content of a data folder; a folder with anything else in it is left alone. */
const known =
  /^(postgres(\.password|\.unfinished)?|nats|temporal|mailbox|identity-provider|logs|.*\.json(\.new|\.\d+)?)$/;

const file = new RunningFile(dataFolder);
const running = file.read();
const strangers = isThere ? readdirSync(dataFolder).filter((name) => !known.test(name)) : [];
if (running) endFirst(running.supervisor.pid);
else if (strangers.length > 0)
  fail(`${dataFolder} also holds ${strangers[0]}, which is not Tenure's: nothing was deleted.`);
else if (!isThere) console.log(`There is nothing to delete: ${dataFolder} does not exist.`);
else if (process.argv.includes('--yes') || (await agreed(`Delete all data in ${folders.join(' and ')}?`)))
  await deleteAll();
else console.log('Nothing was deleted.');

async function deleteAll(): Promise<void> {
  try {
    // From here on no other start can begin, and nothing that a killed one left keeps running without its data.
    await file.take((names) => console.log(`Stopping what an earlier start left behind: ${names.join(', ')} …`));
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error;
    return endFirst(error.supervisor.pid);
  }
  for (const folder of [...folders, logFolder]) rmSync(folder, { recursive: true, force: true });
  console.log('Deleted. The next npm start creates the sample data again.');
}

function endFirst(pid: number): void {
  fail(`Tenure is running on ${dataFolder} (process ${pid}): stop it first.`);
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
