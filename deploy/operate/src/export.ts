import { createWriteStream, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { asUser } from './records/as-user.js';
import { writeFile } from './records/write-file.js';

const usage = `npm run export -- [<accounts.csv>]

Writes all accounts as npm run import takes them; without a name to standard output (npm run -s export > accounts.csv).
For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user importer).`;

await runCommand('Broken off: not all accounts are written.', main);

async function main({ broken }: Command): Promise<number> {
  const { help, file } = readArguments();
  if (help) {
    console.log(usage);
    return 0;
  }
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

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
    });
    if (positionals.length > 1) throw new Error('One file at a time.');
    return { help: values.help, file: positionals[0] };
  } catch (error) {
    throw new Stop(`${(error as Error).message}\n\n${usage}`);
  }
}
