import type { ImportedAccount, ImportedSubscription, Refusal } from '@tenure/contracts';
import { nameKey } from './account-name.js';
import { doubledAddresses } from './extra-addresses.js';
import { fieldProblems, fillIn } from './request-rules.js';

/** What accounts knows of what an imported account is about. */
export interface Surroundings {
  /** Null when there is no such organization. */
  organization: { country: string; timeZone: string } | null;
  sectorIsKnown: boolean;
  emailDomainIsVerified: boolean;
  /** Another account or application of the organization has its name. */
  nameIsTaken: boolean;
  /** That one is nobody's yet: an import that was broken off has left it, or one is under way. */
  nameIsLeftBehind: boolean;
  /** An account with its id is there, of this organization or another one. */
  there: { organizationId: string } | null;
}

/** An account of the file with its country and time zone, and what is wrong with it as far as accounts can say. */
export interface FilledAccount {
  account: ImportedAccount;
  country: string;
  timeZone: string;
  nameKey: string;
  isThere: boolean;
  refusals: Refusal[];
}

/** An imported account keeps to the rules of one that is applied for. */
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

/** Said to whoever imports, of an organization that is not their own. */
export const nameTaken = refusal(
  'accountName',
  'name_taken',
  'Another account or application of the organization has this name.',
);

/** The account's id follows from its key: with another one, the same account is a second one of its name. */
const nameLeftBehind = refusal(
  'accountName',
  'name_taken',
  'Another import, in progress or interrupted, is bringing in a different account with this name. Run that import to completion with the ids and keys it had.',
);

/** What of it is licensing's. */
export function subscriptionOf({ account, country, timeZone }: FilledAccount): ImportedSubscription {
  const { accountId, organizationId, license, datapoints, rtcLines, term } = account;
  return { accountId, organizationId, country, timeZone, license, datapoints, rtcLines, term };
}

function refusal(path: string, code: string, message: string): Refusal {
  return { path, code, message };
}
