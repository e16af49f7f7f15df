import { sql, type Sql } from '@tenure/platform';

/**
 * `addWorkingDays` of the lifecycle as SQL, for rows that are too many to load; a spec compares the two. An instant on
 * a weekend counts as the start of Monday, and every five working days include a weekend.
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
