import { runCommand, type Command } from '@tenure/platform/command/command';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { Stop } from '@tenure/platform/command/stop';
import { meantDatabase } from './database/meant-database.js';
import { removeOld } from './retention/retention.js';
import { mayChange } from './terminal/may-change.js';
import { ProgressLine } from './terminal/progress-line.js';

const usage = `npm run retention -- --months <number>

Permanently removes the contents of e-mails that have not changed for so many months: what they said, to which
name and address, and the provider's words. The record that they were sent stays. Also removes the calendar
addresses in reminders of accounts that expired before that. Says what it would change, and asks.
      --dry-run  (only lists the changes)  --yes  (does not ask)

It can be interrupted and run again, while everything is in use. For a deployment elsewhere, set DATABASE_URL
(docs/operations/personal-data.md says with which role).`;

/** Anything longer is a typo. */
const MOST_MONTHS = 1_200;

await runCommand('Interrupted. What was removed stays removed; the next run continues.', main, usage);

async function main({ broken }: Command): Promise<number> {
  const options = { months: { type: 'string' }, 'dry-run': { type: 'boolean' }, yes: { type: 'boolean' } } as const;
  const { values } = parseArguments(usage, { options });
  const months = monthsIn(values.months);
  const line = new ProgressLine();
  const work = removeOld({
    ...{ database: await meantDatabase(), months },
    say: (words) => (line.end(), console.log(words)),
    progress: (words) => line.say(words),
    agreed: () => mayChange('Remove it permanently?', values),
  });
  await Promise.race([work, broken]);
  return 0;
}

/** @throws Stop */
function monthsIn(text: string | undefined): number {
  if (text === undefined) throw new Stop(`The number of months is missing: there is no default.\n\n${usage}`);
  const months = Number(text);
  if (/^\d+$/.test(text) && months >= 1 && months <= MOST_MONTHS) return months;
  throw new Stop(`"${text}" is not a whole number of months from 1 to ${MOST_MONTHS}.`);
}
