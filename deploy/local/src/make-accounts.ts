import { localDate } from '@tenure/lifecycle';
import { madeAccounts } from './records/made-accounts.js';

/** `npm run -s make-accounts -- 5000 > accounts.csv`: a file of made-up accounts, to try an import with. */
const [many = '5000', organization = 'Solar Partner'] = process.argv.slice(2);
if (/^[1-9]\d*$/.test(many))
  process.stdout.write(madeAccounts(Number(many), { organization, today: localDate(new Date(), 'Europe/Madrid') }));
else {
  console.error('How many? npm run -s make-accounts -- 5000 "Solar Partner" > accounts.csv');
  process.exitCode = 1;
}
