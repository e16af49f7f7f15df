import { sql, type Sql } from '../pages/rows.js';

/**
 * `addWorkingDays` of the lifecycle as SQL, for so many rows that nobody reads them; a spec compares the two. What comes on
 * a weekend counts as having come when Monday starts, and each five days have a weekend in them.
 * @param instant SQL
 */
export function workingDaysLater(instant: string, days: number, timeZone: string): Sql {
  const local = `${instant} at time zone ?`;
  const weekday = `extract(isodow from ${local})::int`;
  return sql(
    `(case when ${weekday} > 5 then date_trunc('week', ${local}) + make_interval(days => 7 + ${days} + 2 * (${days} / 5))
       else ${local} + make_interval(days => ${days} + 2 * ((${weekday} - 1 + ${days}) / 5)) end) at time zone ?`,
    ...Array<string>(5).fill(timeZone),
  );
}
