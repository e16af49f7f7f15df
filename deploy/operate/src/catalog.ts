import { saveLicense, saveSector, type Client } from '@tenure/contracts';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { counted } from '@tenure/platform/command/figures';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { asUser } from './asking/as-user.js';
import { exampleCatalog } from './catalog/example.js';
import { readCatalog } from './catalog/read-catalog.js';
import { neededFile, readTypedFile } from './terminal/typed-file.js';

const usage = `npm run catalog -- <catalog.json>

Records the licenses that people may choose and the sectors of their customers. Without one of each, nobody can apply for
an account. An entry with a known code is changed: its limits apply to applications from then on, its features to
all accounts with the license. Nothing is removed: entries that the file leaves out stay. The whole file is checked first.

For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user operator). A file looks like this:

${exampleCatalog}`;

await runCommand('Interrupted. Run it again to record the rest.', main, usage);

async function main({ broken }: Command): Promise<number> {
  const { positionals } = parseArguments(usage, { allowPositionals: true, options: {} });
  const file = neededFile(positionals, usage);
  const { licenses, sectors } = readCatalog(readTypedFile(file).toString(), file);
  const record = async (services: Client) => {
    for (const license of licenses) await services.ask(saveLicense, license);
    for (const sector of sectors) await services.ask(saveSector, sector);
  };
  await asUser('operator', (services) => Promise.race([record(services), broken]));
  console.log(`Recorded ${counted(licenses.length, 'license')} and ${counted(sectors.length, 'sector')}.`);
  return 0;
}
