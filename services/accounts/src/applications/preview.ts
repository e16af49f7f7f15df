import type { Preview, Refusal } from '@tenure/contracts';
import { joinRefusals } from '../domain/refusals.js';

/** What licensing says and what accounts refuses, in one. */
export function joinPreviews(licensing: Preview, own: Refusal[]): Preview {
  const refusals = joinRefusals(own, licensing.refusals);
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
