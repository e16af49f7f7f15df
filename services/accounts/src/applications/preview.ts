import type { Preview, Refusal } from '@tenure/contracts';
import { joinRefusals } from '../domain/refusals.js';

/** Combines licensing's preview with the refusals from accounts. */
export function joinPreviews(licensing: Preview, own: Refusal[]): Preview {
  const refusals = joinRefusals(own, licensing.refusals);
  return { ...licensing, approvable: refusals.length === 0, refusals };
}

/** The preview when the country or the time zone is wrong, so that no date can be calculated. */
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
