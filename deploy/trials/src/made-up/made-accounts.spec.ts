import { parse } from 'csv-parse/sync';
import { addDays, addMonths, type CalendarDate } from '@tenure/lifecycle';
import { madeAccounts } from './made-accounts.js';

interface Row {
  country: string;
  time_zone: string;
  account_name: string;
  anchor: CalendarDate;
  months: string;
}
/** As many as `records.e2e` brings in. */
const made = (today: CalendarDate) =>
  parse<Row>(madeAccounts(40, { organization: 'Solar Partner', today }), { columns: true });

/** The days on which something is told about it, or on which it works no more. */
function daysOf({ anchor, months }: Row): CalendarDate[] {
  const last = addMonths(anchor, Number(months));
  return [addMonths(last, -1), addDays(last, -7), last, addDays(last, 1)];
}

it('of the first forty, two have expired, and nothing is due on the day that they are made for or at its midnight, whatever day that is', () => {
  const twoYears = Array.from({ length: 731 }, (_, at) => addDays('2026-11-24', at));
  for (const today of twoYears) {
    const rows = made(today);
    expect(rows.filter(({ anchor, months }) => addMonths(anchor, Number(months)) < today)).toHaveLength(2);
    const near = rows.filter((row) => daysOf(row).includes(today));
    expect([today, near.map(({ account_name }) => account_name)]).toEqual([today, []]);
  }
});

it('they are in Spain, whichever country their organization is in: RTC lines are only there', () => {
  const countries = made('2026-11-24').map(({ country, time_zone: timeZone }) => `${country} ${timeZone}`);
  expect(new Set(countries)).toEqual(new Set(['ES Europe/Madrid']));
});
