import type { ImportedAccount, ImportedSubscription, Refusal } from '@tenure/contracts';
import { nameKey } from './account-name.js';
import { doubledAddresses } from './extra-addresses.js';
import { fieldProblems, fillIn } from './request-rules.js';

/** What accounts knows about the context of an imported account. */
export interface Surroundings {
  /** Null when there is no such organization. */
  organization: { country: string; timeZone: string } | null;
  sectorIsKnown: boolean;
  emailDomainIsVerified: boolean;
  /** Another account or application of the organization has its name. */
  nameIsTaken: boolean;
  /**
   * The account that has the name is not visible yet: an interrupted import has left it behind, or an import is in
   * progress.
   */
  nameIsLeftBehind: boolean;
  /** The existing account with the same id, of this organization or another one. */
  there: { organizationId: string } | null;
}

/** An account from the file with its country and time zone, and what accounts finds wrong with it. */
export interface FilledAccount {
  account: ImportedAccount;
  country: string;
  timeZone: string;
  nameKey: string;
  isThere: boolean;
  refusals: Refusal[];
}

/** An imported account follows the same rules as one that is applied for. */
export function judgeAccount(account: ImportedAccount, known: Surroundings): FilledAccount {
  const { organizationId, term } = account;
  const { organization, there } = known;
  const filled = { account, nameKey: nameKey(account.accountName), isThere: there !== null };
  if (organization === null)
    return {
      ...filled,
      country: '',
      timeZone: '',
      refusals: [refusal('organizationId', 'unknown_organization', 'There is no such organization.')],
    };
  const { accountId: _, organizationId: __, term: ___, extraAddresses, ...asked } = account;
  const request = fillIn({ type: 'new_account', ...asked, months: term.months }, organization);
  if (request.type !== 'new_account') throw new TypeError('a new account stays one');
  const { country, timeZone } = request;
  const isAnothers = there !== null && there.organizationId !== organizationId;
  return {
    ...filled,
    country,
    timeZone,
    refusals: [
      ...(isAnothers ? [refusal('accountId', 'id_taken', "Another organization's account has this id.")] : []),
      ...fieldProblems(request, { sector: known.sectorIsKnown, emailDomain: known.emailDomainIsVerified }),
      ...doubledAddresses(extraAddresses),
      ...(known.nameIsLeftBehind ? [nameLeftBehind] : known.nameIsTaken ? [nameTaken] : []),
    ],
  };
}

/** Shown to the person who imports, whose own organization it is not. */
export const nameTaken = refusal(
  'accountName',
  'name_taken',
  'Another account or application of the organization has this name.',
);

/**
 * The account's id is derived from its key: with a different key, the same account would be a second one with its name.
 */
const nameLeftBehind = refusal(
  'accountName',
  'name_taken',
  'Another import, in progress or interrupted, is bringing in a different account with this name. Run that import to completion with the ids and keys it had.',
);

/** A refused import of the same account, or an operator, has dropped it after this import had prepared it. */
export const droppedMeanwhile = refusal(
  'accountId',
  'dropped',
  'This account was dropped while it was being imported. Import it again.',
);

/** The part that belongs to licensing. */
export function subscriptionOf({ account, country, timeZone }: FilledAccount): ImportedSubscription {
  const { accountId, organizationId, license, datapoints, rtcLines, term } = account;
  return { accountId, organizationId, country, timeZone, license, datapoints, rtcLines, term };
}

function refusal(path: string, code: string, message: string): Refusal {
  return { path, code, message };
}
