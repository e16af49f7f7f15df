import type { MomentView, Preview, ShownTermView, TermView } from '@tenure/contracts';
import { expiresAt, expiresOn, firstDay, type Moment, type Term } from '@tenure/lifecycle';
import type { Dates } from './contract.js';
import type { ContractPreview } from './preview.js';

/** Terms, moments and previews as messages carry them: dates and instants as text. */
export function termView(term: Term, timeZone: string): TermView {
  return {
    number: term.number,
    anchor: term.anchor,
    months: term.months,
    firstDay: firstDay(term),
    expiresOn: expiresOn(term),
    expiresAt: expiresAt(term, timeZone).toISOString(),
  };
}

/** The same for people, with when the account stopped if that was after the term's expiry. */
export function shownTerm({ term, stoppedAt }: Pick<Dates, 'term' | 'stoppedAt'>, timeZone: string): ShownTermView {
  const view = termView(term, timeZone);
  return stoppedAt !== null && stoppedAt > expiresAt(term, timeZone)
    ? { ...view, workedUntil: stoppedAt.toISOString() }
    : view;
}

/** With the key of its notice: `<accountId>/<termNumber>/<kind>`. */
export function momentView(moment: Moment, accountId: string): MomentView & Pick<Moment, 'kind'> {
  const { termNumber, kind, at, status, reason } = moment;
  return { key: `${accountId}/${termNumber}/${kind}`, termNumber, kind, at: at.toISOString(), status, reason };
}

export function previewView(result: ContractPreview, accountId: string): Preview {
  const { asOf, refusals, before, after, use, timeZone, term, timeline, dropped, worksUntilIfUndecided } = result;
  return {
    asOf: asOf.toISOString(),
    approvable: refusals.length === 0,
    refusals,
    before,
    after,
    use,
    timeZone,
    term: term && termView(term, timeZone),
    timeline: timeline.map((moment) => momentView(moment, accountId)),
    dropped: dropped.map((moment) => momentView(moment, accountId)),
    worksUntilIfUndecided: worksUntilIfUndecided?.toISOString() ?? null,
  };
}
