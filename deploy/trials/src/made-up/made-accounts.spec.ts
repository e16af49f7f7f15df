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
/** As many as `records.e2e` imports. */
const made = (today: CalendarDate) =>
  parse<Row>(madeAccounts(40, { organization: 'Solar Partner', today }), { columns: true });

/** The days on which a notice about the account is due, and the first day after its expiry. */
function daysOf({ anchor, months }: Row): CalendarDate[] {
  const last = addMonths(anchor, Number(months));
  return [addMonths(last, -1), addDays(last, -7), last, addDays(last, 1)];
}

it('of the first forty, two have expired, and for none is anything due on the given day or at its midnight, whatever day that is', () => {
  const twoYears = Array.from({ length: 731 }, (_, at) => addDays('2026-11-24', at));
  for (const today of twoYears) {
    const rows = made(today);
    expect(rows.filter(({ anchor, months }) => addMonths(anchor, Number(months)) < today)).toHaveLength(2);
    const near = rows.filter((row) => daysOf(row).includes(today));
    expect([today, near.map(({ account_name }) => account_name)]).toEqual([today, []]);
  }
});

it('all are in Spain, whatever the country of their organization, because only Spain has RTC lines', () => {
  const countries = made('2026-11-24').map(({ country, time_zone: timeZone }) => `${country} ${timeZone}`);
  expect(new Set(countries)).toEqual(new Set(['ES Europe/Madrid']));
});
