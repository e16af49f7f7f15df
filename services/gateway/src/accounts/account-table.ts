import type { AccountView } from '@tenure/contracts';
import type { Columns } from '../downloads/table.js';

/** The columns of the lists of accounts, with more than the pages show. */
export const accountColumns: Columns<AccountView> = {
  accountId: ({ accountId }) => accountId,
  organization: ({ organizationName }) => organizationName,
  account: ({ accountName }) => accountName,
  customer: ({ customerName }) => customerName,
  state: ({ state }) => state,
  license: ({ license }) => license,
  contracted: ({ contracted }) => contracted,
  used: ({ used }) => used,
  left: ({ left }) => left,
  firstDay: ({ firstDay }) => firstDay,
  expiresOn: ({ expiresOn }) => expiresOn,
  daysLeft: ({ daysLeft }) => daysLeft,
  pending: ({ pending }) => pending.map(({ type }) => type).join(' '),
  sector: ({ sector }) => sector,
  country: ({ country }) => country,
  timeZone: ({ timeZone }) => timeZone,
  rtcLines: ({ rtcLines }) => rtcLines,
  emailDomain: ({ emailDomain }) => emailDomain,
  comment: ({ comment }) => comment,
};
