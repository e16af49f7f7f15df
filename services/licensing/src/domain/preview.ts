import type { ContractChange, ContractFacts, Refusal } from '@tenure/contracts';
import { firstTerm, renewedTerm, validUntilOf, type Moment, type ReminderPolicy, type Term } from '@tenure/lifecycle';
import { factsOf, firstDates, isExpired, workedUntil, type Contract, type DateRules } from './contract.js';
import { refusalsOf, type Judged } from './refusals.js';
import { timelineOf } from './timeline.js';

export interface PreviewAsk extends Judged {
  /** The organization's newest policy, which plans a term that starts now. */
  newestPolicy: ReminderPolicy;
  rules: DateRules;
}

/** What approving the change at `asOf` means. */
export interface ContractPreview {
  asOf: Date;
  /** Empty when it can be approved. */
  refusals: Refusal[];
  before: ContractFacts | null;
  after: ContractFacts | null;
  use: { contracted: number; used: number; left: number } | null;
  timeZone: string;
  /** Present when its dates can be calculated, even if something else is refused: a form shows both. */
  term: Term | null;
  /** All moments of a term that would start; of the current term, only those still to come. */
  timeline: Moment[];
  dropped: Moment[];
  worksUntilIfUndecided: Date | null;
  /** What is stored if the change is approved; null, like `after`, if it is refused. */
  contract: Contract | null;
}

/**
 * Judges a change and calculates its outcome. The form, the checks at submission and approval, and the change itself
 * all use this function, so that what was shown is what is done.
 * @throws TypeError for a change of an account that has no contract
 */
export function preview(ask: PreviewAsk): ContractPreview {
  const { asOf, change } = ask;
  const before = ask.contract && asSent(ask.contract, change);
  const judged = { ...ask, contract: before };
  const refusals = refusalsOf(judged);
  const planned = withChange(judged, refusals);
  const contract = refusals.length === 0 ? planned.contract : null;
  const isRenewal = change.type === 'renew_subscription';
  return {
    asOf,
    refusals,
    before: before && factsOf(before, asOf),
    after: contract && factsOf(contract, asOf),
    use: before && { contracted: before.contracted, used: before.used, left: before.contracted - before.used },
    timeZone: planned.timeZone,
    term: planned.term,
    timeline: planned.timeline,
    dropped: before && isRenewal ? stillToCome(before, asOf) : [],
    worksUntilIfUndecided: before && isRenewal ? undecided(before, asOf) : null,
    contract,
  };
}

/**
 * A renewal keeps the account working from the time it was sent, even if the event that says so has not arrived yet.
 */
function asSent(contract: Contract, change: ContractChange): Contract {
  return change.type === 'renew_subscription' && change.submittedAt !== undefined
    ? { ...contract, renewalSubmittedAt: new Date(change.submittedAt) }
    : contract;
}

interface Planned {
  timeZone: string;
  term: Term | null;
  timeline: Moment[];
  contract: Contract | null;
}

/**
 * The contract with the change applied, as far as it can be calculated: a refused field leaves out what depends on it.
 */
function withChange(ask: PreviewAsk, refusals: Refusal[]): Planned {
  const { change, contract, license, asOf, newestPolicy, rules } = ask;
  if (contract !== null) {
    const changed = refusals.length === 0 ? changedContract(contract, ask) : contract;
    const moments = timelineOf(changed);
    // Moments of the current term that are already due have been sent, or are about to be, whatever is decided here.
    const timeline = changed.term === contract.term ? moments.filter(({ at }) => at > asOf) : moments;
    return { timeZone: changed.timeZone, term: changed.term, timeline, contract: changed };
  }
  if (change.type !== 'new_account') throw new TypeError('only a new account has no contract yet');
  const { accountId, country, timeZone, months, datapoints: contracted, rtcLines } = change;
  if (refusals.some(({ path }) => ['country', 'timeZone', 'months'].includes(path)))
    return { timeZone, term: null, timeline: [], contract: null };
  const term = firstTerm({ decidedAt: asOf, months, timeZone });
  const dates = firstDates({ accountId, timeZone, term, policy: newestPolicy, importedAt: null }, rules);
  return {
    timeZone,
    term,
    timeline: timelineOf(dates),
    contract: license && { ...dates, country, license, contracted, used: 0, rtcLines },
  };
}

function changedContract(contract: Contract, { change, license, asOf, newestPolicy }: PreviewAsk): Contract {
  switch (change.type) {
    case 'change_datapoints':
      return { ...contract, contracted: change.datapoints };
    case 'change_license':
      return { ...contract, license: license ?? contract.license };
    case 'renew_subscription': {
      const { timeZone } = contract;
      const renewal = { decidedAt: asOf, months: change.months, validUntil: workedUntil(contract), timeZone };
      return {
        ...contract,
        term: renewedTerm(contract.term, renewal),
        policy: newestPolicy,
        pastWhenApplied: [],
        // An approved renewal is no longer pending.
        renewalSubmittedAt: null,
        stoppedAt: null,
      };
    }
    case 'new_account':
      return contract;
  }
}

function stillToCome(contract: Contract, asOf: Date): Moment[] {
  return timelineOf(contract).filter((moment) => moment.status === 'planned' && moment.at > asOf);
}

/**
 * Until when the account keeps working if the renewal is sent now, or was sent in time; null if the account has
 * stopped.
 */
function undecided(contract: Contract, asOf: Date): Date | null {
  if (isExpired(contract, asOf)) return null;
  return validUntilOf({ ...contract, renewalSubmittedAt: contract.renewalSubmittedAt ?? asOf });
}
