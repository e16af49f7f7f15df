import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { asUser } from './records/as-user.js';
import { inWords } from './records/words.js';
import { writeFile } from './records/write-file.js';

const usage = `npm run export -- [<accounts.csv>]

Writes all accounts as npm run import takes them; without a name to standard output (npm run -s export > accounts.csv).
For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user importer).`;

const [file] = process.argv.slice(2);
try {
  if (file === '--help' || file === '-h') console.log(usage);
  else
    await asUser('importer', async (services) => {
      const to = file === undefined ? process.stdout : createWriteStream(file);
      await pipeline(Readable.from(writeFile(services)), to, { end: file !== undefined });
    });
} catch (error) {
  console.error(inWords(error));
  process.exitCode = 1;
}
