import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { asUser } from './records/as-user.js';
import { writeFile } from './records/write-file.js';
import { runCommand, type Command } from './supervisor/command.js';

const usage = `npm run export -- [<accounts.csv>]

Writes all accounts as npm run import takes them; without a name to standard output (npm run -s export > accounts.csv).
For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user importer).`;

await runCommand('Broken off: not all accounts are written.', main);

async function main({ broken }: Command): Promise<number> {
  const [file] = process.argv.slice(2);
  if (file === '--help' || file === '-h') {
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
