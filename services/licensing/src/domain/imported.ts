import type { ImportedSubscription, Refusal, LicenseView } from '@tenure/contracts';
import { localDate, type Moment, type ReminderPolicy } from '@tenure/lifecycle';
import { firstDates, type Contract, type DateRules, type Dates } from './contract.js';
import { refusalsOf } from './refusals.js';
import { dueOf, timelineOf } from './timeline.js';

/** What the import of an account is judged by. */
export interface ImportAsk {
  subscription: ImportedSubscription;
  /** As the catalog has it; null when the catalog has no such license. */
  license: LicenseView | null;
  policy: ReminderPolicy;
  rules: DateRules;
  now: Date;
}

export interface JudgedImport {
  /** Empty when it can be imported. */
  refusals: Refusal[];
  /** Null when it is refused. */
  contract: Contract | null;
}

const notStarted: Refusal = {
  path: 'term.anchor',
  code: 'not_started',
  message: 'The term has not started yet. Import the account once it has, or apply for it.',
};

/**
 * An imported account follows the rules for a new one, except that its term is the current one rather than one that
 * starts now.
 */
export function judgeImport({ subscription, license, policy, rules, now }: ImportAsk): JudgedImport {
  const { term: imported, ...asked } = subscription;
  const { accountId, organizationId, country, timeZone, datapoints, rtcLines } = asked;
  const change = {
    ...{ type: 'new_account' as const, accountId, organizationId, country, timeZone },
    ...{ license: asked.license, datapoints, rtcLines, months: imported.months },
  };
  const refusals: Refusal[] = refusalsOf({ change, contract: null, license, asOf: now });
  if (refusals.some(({ path }) => path === 'country' || path === 'timeZone')) return { refusals, contract: null };

  const term = { number: 1, ...imported };
  // The anchor is compared, not the first day: since its anchor the account has worked without a gap, and the first day
  // of a renewed term may be in the future.
  if (term.anchor > localDate(now, timeZone)) refusals.push(notStarted);
  if (refusals.length > 0 || license === null) return { refusals, contract: null };
  const dates = firstDates({ accountId, timeZone, term, policy, importedAt: now }, rules);
  return { refusals, contract: { ...dates, country, license, contracted: datapoints, used: 0, rtcLines } };
}

/** A subscription that exists before its account does, because an import was interrupted. */
export interface OpenedBefore {
  organizationId: string;
  contract: Contract;
  /** It has not changed since the import. */
  isAsImported: boolean;
}

/**
 * The fields of a line that differ from what was opened, because the file was corrected in between: the account would
 * be shown with one value and work by the other. What has changed in licensing since the import stays as it is now,
 * whatever the line says.
 */
export function openedOtherwise(asked: ImportedSubscription, opened: OpenedBefore): Refusal[] {
  const { organizationId, contract, isAsImported } = opened;
  const { country, timeZone, license, contracted, rtcLines, term } = contract;
  const fields: [path: string, asked: string | number, opened: string | number][] = [
    ['organizationId', asked.organizationId, organizationId],
    ['country', asked.country, country],
    ['timeZone', asked.timeZone, timeZone],
  ];
  if (isAsImported)
    fields.push(
      ['license', asked.license, license.code],
      ['datapoints', asked.datapoints, contracted],
      ['rtcLines', asked.rtcLines, rtcLines],
      ['term.anchor', asked.term.anchor, term.anchor],
      ['term.monthsBefore', asked.term.monthsBefore, term.monthsBefore],
      ['term.months', asked.term.months, term.months],
    );
  return fields
    .filter(([, one, other]) => one !== other)
    .map(([path, , other]) => ({
      path,
      code: 'already_open',
      message: `The subscription was already opened with ${other}.`,
    }));
}

export type Becomes = 'sent_at_once' | 'planned' | 'skipped' | 'not_applicable';

/** Every moment of the term, and what becomes of it if the account exists as of `now`. */
export function momentsOf(dates: Dates, now: Date): { moment: Moment; becomes: Becomes }[] {
  const { due } = dueOf(dates, now);
  const action = new Map(due.map(({ moment, action }) => [moment.kind, action]));
  return timelineOf(dates).map((moment) => {
    if (moment.status !== 'planned') return { moment, becomes: moment.status };
    const overdue = action.get(moment.kind);
    if (overdue === undefined) return { moment, becomes: 'planned' };
    return { moment, becomes: overdue === 'send' ? 'sent_at_once' : 'skipped' };
  });
}
