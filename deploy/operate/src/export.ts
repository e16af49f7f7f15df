import { createWriteStream } from 'node:fs';
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
    const to = file === undefined ? process.stdout : createWriteStream(file);
    const written = pipeline(Readable.from(writeFile(services)), to, { end: file !== undefined });
    await Promise.race([written, broken]);
    if (file !== undefined) console.log(`All accounts are in ${file}.`);
  });
  return 0;
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
