import { createWriteStream, existsSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { Stop } from '@tenure/platform/command/stop';
import { asUser } from './asking/as-user.js';
import { typedFile } from './terminal/typed-file.js';
import { writeFile } from './records/write-file.js';

const usage = `npm run export -- [<accounts.csv>]

Writes all accounts in the format of npm run import; without a file name, to standard output
(npm run -s export > accounts.csv).
For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user importer).`;

await runCommand('Interrupted: not all accounts were written.', main, usage);

async function main({ broken }: Command): Promise<number> {
  const file = typedFile(parseArguments(usage, { allowPositionals: true }).positionals, usage);
  if (file !== undefined && !existsSync(path.dirname(file)))
    throw new Stop(`There is no folder ${path.dirname(file)}.`);
  await asUser('importer', async (services) => {
    const text = Readable.from(writeFile(services));
    if (file === undefined) return Promise.race([pipeline(text, process.stdout, { end: false }), broken]);
    await write(file, (to, mode) => Promise.race([pipeline(text, createWriteStream(to, { mode })), broken]));
    console.log(`All accounts are in ${file}.`);
  });
  return 0;
}

/**
 * Writes beside the file and replaces it only when complete, so an interrupted export leaves the old file. A pipe or a
 * device is written to directly.
 */
async function write(file: string, all: (to: string, mode?: number) => Promise<void>): Promise<void> {
  const before = statSync(file, { throwIfNoEntry: false });
  if (before !== undefined && !before.isFile()) return all(file);
  // A symbolic link is kept: the file that it points to is replaced in place.
  const place = before === undefined ? file : realpathSync(file);
  const beside = `${place}.new`;
  rmSync(beside, { force: true });
  try {
    await all(beside, before?.mode);
    renameSync(beside, place);
  } finally {
    rmSync(beside, { force: true });
  }
}
