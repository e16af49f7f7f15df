import type { Preview, Refusal } from '@tenure/contracts';

/** What licensing says and what accounts refuses, in one; accounts' word comes first where both speak of one field. */
export function joinPreviews(licensing: Preview, own: Refusal[]): Preview {
  const fields = new Set(own.map(({ path }) => path));
  const refusals = [...own, ...licensing.refusals.filter(({ path }) => !fields.has(path))];
  return { ...licensing, approvable: refusals.length === 0, refusals };
}

/** Where an account would be is wrong: no date can be reckoned. */
export function previewWithoutDates(now: Date, refusals: Refusal[]): Preview {
  return {
    asOf: now.toISOString(),
    approvable: false,
    refusals,
    before: null,
    after: null,
    use: null,
    timeZone: null,
    term: null,
    timeline: [],
    dropped: [],
    worksUntilIfUndecided: null,
  };
}
