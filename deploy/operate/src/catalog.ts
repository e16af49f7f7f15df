import { saveLicense, saveSector } from '@tenure/contracts';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { counted } from '@tenure/platform/command/figures';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { Stop } from '@tenure/platform/command/stop';
import { asUser } from './asking/as-user.js';
import { exampleCatalog } from './catalog/example.js';
import { readCatalog } from './catalog/read-catalog.js';
import { readTypedFile } from './terminal/read-typed-file.js';

const usage = `npm run catalog -- <catalog.json>

Records the licenses that people may choose and the sectors of their customers. Without one of each, nobody can apply for
an account. An entry with a known code is changed: its limits apply to applications from then on, its features to
all accounts with the license. Nothing is removed: entries that the file leaves out stay. The whole file is checked first.

For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user operator). A file looks like this:

${exampleCatalog}`;

await runCommand('Interrupted. Run it again to record the rest.', main, usage);

async function main({ broken }: Command): Promise<number> {
  const { positionals } = parseArguments(usage, { allowPositionals: true, options: {} });
  const [file, ...more] = positionals;
  if (file === undefined) throw new Stop(`The file is missing.\n\n${usage}`);
  if (more.length > 0) throw new Stop(`One file at a time.\n\n${usage}`);
  const { licenses, sectors } = readCatalog(Buffer.from(readTypedFile(file)).toString(), file);
  await asUser('operator', async (services) => {
    for (const license of licenses) await Promise.race([services.ask(saveLicense, license), broken]);
    for (const sector of sectors) await Promise.race([services.ask(saveSector, sector), broken]);
  });
  console.log(`Recorded ${counted(licenses.length, 'license')} and ${counted(sectors.length, 'sector')}.`);
  return 0;
}
