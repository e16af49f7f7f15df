import type { ContractChange, ContractFacts, Refusal } from '@tenure/contracts';
import {
  expiresAt,
  firstTerm,
  planTimeline,
  renewedTerm,
  validUntil,
  type Moment,
  type ReminderPolicy,
  type Term,
} from '@tenure/lifecycle';
import { factsOf, isExpired, leftOf, validUntilOf, workedUntil, type Contract } from './contract.js';
import { refusalsOf, type Judged } from './refusals.js';
import { timelineOf } from './timeline.js';

export interface PreviewAsk extends Judged {
  /** By what a new account's subscription will be planned. */
  policy: ReminderPolicy;
  graceDays: number;
}

/** What approving the change at `asOf` means. */
export interface ContractPreview {
  asOf: Date;
  refusals: Refusal[];
  before: ContractFacts | null;
  /** Null when it is refused. */
  after: ContractFacts | null;
  use: { contracted: number; used: number; left: number } | null;
  timeZone: string;
  /** Given where its dates can be reckoned, even if something else is refused: a form shows both. */
  term: Term | null;
  timeline: Moment[];
  dropped: Moment[];
  worksUntilIfUndecided: Date | null;
  /** What is stored when it is approved; null when it is refused. */
  contract: Contract | null;
}

/**
 * Judges a change and reckons its outcome. The form, the checks at submission and approval, and the change itself all
 * come from here, so that what was shown is what is done.
 * @throws TypeError for a change of an account that has no contract
 */
export function preview(ask: PreviewAsk): ContractPreview {
  const { change, contract, asOf, policy, graceDays } = ask;
  const refusals = refusalsOf(ask);
  const timeZone = contract?.timeZone ?? (change.type === 'new_account' ? change.timeZone : '');
  const term = termAfter(ask, refusals);
  const renewalSubmittedAt = endsRenewal(change) ? null : (contract?.renewalSubmittedAt ?? null);
  const after = refusals.length === 0 && term !== null ? contractAfter(ask, term) : null;
  return {
    asOf,
    refusals,
    before: contract && factsOf(contract, asOf),
    after: after && factsOf(after, asOf),
    use: contract && { contracted: contract.contracted, used: contract.used, left: leftOf(contract) },
    timeZone,
    term,
    timeline:
      term === null
        ? []
        : planTimeline({
            term,
            timeZone,
            policy: contract?.policy ?? policy,
            validUntil: validUntil({ term, timeZone, renewalSubmittedAt, graceDays }),
          }),
    dropped: contract !== null && change.type === 'renew_subscription' ? stillToCome(contract, asOf) : [],
    worksUntilIfUndecided: contract !== null && change.type === 'renew_subscription' ? undecided(contract, asOf) : null,
    contract: after,
  };
}

/** The term that would hold (new account, renewal) or that holds; null where no dates can be reckoned. */
function termAfter({ change, contract, asOf }: PreviewAsk, refusals: Refusal[]): Term | null {
  if (refusals.some(({ path }) => ['country', 'timeZone', 'months'].includes(path))) return contract?.term ?? null;
  if (contract === null)
    return change.type === 'new_account'
      ? firstTerm({ decidedAt: asOf, months: change.months, timeZone: change.timeZone })
      : null;
  if (change.type !== 'renew_subscription') return contract.term;
  const { timeZone } = contract;
  return renewedTerm(contract.term, {
    decidedAt: asOf,
    months: change.months,
    validUntil: workedUntil(contract),
    timeZone,
  });
}

function contractAfter({ change, contract, license, policy, graceDays }: PreviewAsk, term: Term): Contract {
  switch (change.type) {
    case 'new_account':
      return {
        country: change.country,
        timeZone: change.timeZone,
        license: license!,
        contracted: change.datapoints,
        used: 0,
        rtcLines: change.rtcLines,
        term,
        policy,
        renewalSubmittedAt: null,
        graceDays,
        stoppedAt: null,
      };
    case 'renew_subscription':
      return { ...contract!, term, renewalSubmittedAt: null, stoppedAt: null };
    case 'change_datapoints':
      return { ...contract!, contracted: change.datapoints };
    case 'change_license':
      return { ...contract!, license: license! };
  }
}

/** An approved renewal is pending no more. */
function endsRenewal(change: ContractChange): boolean {
  return change.type === 'new_account' || change.type === 'renew_subscription';
}

function stillToCome(contract: Contract, asOf: Date): Moment[] {
  return timelineOf(contract).filter((moment) => moment.status === 'planned' && moment.at > asOf);
}

/** Until when the account goes on working if the renewal is sent now, or was sent in time; null when it has stopped. */
function undecided(contract: Contract, asOf: Date): Date | null {
  if (isExpired(contract, asOf)) return null;
  const { term, timeZone } = contract;
  if (contract.renewalSubmittedAt !== null || asOf >= expiresAt(term, timeZone)) return validUntilOf(contract);
  return validUntilOf({ ...contract, renewalSubmittedAt: asOf });
}
