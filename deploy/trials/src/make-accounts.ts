import { localDate } from '@tenure/lifecycle';
import { ignoreClosedOutput } from '@tenure/platform/command/closed-output';
import { madeAccounts } from './made-up/made-accounts.js';

const usage = `npm run make-accounts -- [<how many>] [<organization>]

Writes a file of made-up accounts for trying an import: npm run -s make-accounts -- 5000 "Solar Partner" > accounts.csv`;

ignoreClosedOutput();
const [many = '5000', organization = 'Solar Partner'] = process.argv.slice(2);
if (many === '--help' || many === '-h') console.log(usage);
else if (/^[1-9]\d*$/.test(many))
  process.stdout.write(madeAccounts(Number(many), { organization, today: localDate(new Date(), 'Europe/Madrid') }));
else {
  console.error(`Give the number of accounts as a whole number of at least 1.\n\n${usage}`);
  process.exitCode = 1;
}
