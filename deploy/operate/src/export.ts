import { createWriteStream, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { typed } from '@tenure/platform/command/typed';
import { asUser } from './asking/as-user.js';
import { writeFile } from './records/write-file.js';

const usage = `npm run export -- [<accounts.csv>]

Writes all accounts as npm run import takes them; without a name to standard output (npm run -s export > accounts.csv).
For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user importer).`;

await runCommand('Broken off: not all accounts are written.', main, usage);

async function main({ broken }: Command): Promise<number> {
  const file = fileTyped();
  await asUser('importer', async (services) => {
    const text = Readable.from(writeFile(services));
    if (file === undefined) return Promise.race([pipeline(text, process.stdout, { end: false }), broken]);
    await write(file, (to, mode) => Promise.race([pipeline(text, createWriteStream(to, { mode })), broken]));
    console.log(`All accounts are in ${file}.`);
  });
  return 0;
}

/**
 * Broken off, it leaves what was there before: it is written beside the file, and takes its place once it is whole. What
 * is no file, as a pipe or a device, is written to itself.
 */
async function write(file: string, all: (to: string, mode?: number) => Promise<void>): Promise<void> {
  const before = statSync(file, { throwIfNoEntry: false });
  if (before !== undefined && !before.isFile()) return all(file);
  // A link goes on leading to the file, which is replaced where it lies.
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

function fileTyped(): string | undefined {
  const [file, ...more] = typed(usage, { allowPositionals: true }).positionals;
  if (more.length > 0) throw new Stop(`One file at a time.\n\n${usage}`);
  return file;
}
