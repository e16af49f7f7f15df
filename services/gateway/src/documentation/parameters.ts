import type { Route } from '../routes/route.js';

/**
 * What a parameter means, by its name. A key with a path, or with `query`, takes precedence, because some names mean
 * different things. The parameters' schemas come from the contracts, mostly without descriptions.
 */
const descriptions: Readonly<Record<string, string>> = {
  accountId: 'The id of the account.',
  applicationId: 'The id of the application.',
  organizationId: 'The id of the organization.',
  deliveryId: 'The id of the e-mail to one recipient.',
  domain: 'The domain name, in lower case.',
  version: 'The version of the reminder policy.',

  cursor: 'The `next` of the previous page; left out for the first page.',
  limit: 'The maximum number of items on a page.',
  sort: 'What to sort by.',
  order: 'Ascending or descending.',
  text: "Each word matches part of the account's or the customer's name, ignoring case and accents.",
  '/accounts/{accountId}/allocations text': 'Matches part of the device or the datasource.',
  '/organizations text': "Each word matches part of the organization's name.",
  'query organizationId': 'Only those of this organization.',
  '/reminder-policy organizationId': 'The id of the organization; your own by default.',

  zone: 'Active or expired accounts.',
  license: 'Only accounts whose license has this code.',
  expiresWithinDays: 'Only accounts whose last day is at most this many days away.',
  pending: 'Only accounts with (`true`) or without (`false`) a pending application.',
  renewalPending: 'Only accounts with (`true`) or without (`false`) a pending renewal.',

  status: 'Only applications with this status; `decided` is every status except `pending`.',
  type: 'Only applications of this type.',
  'query accountId': 'Only applications about this account.',
  overdue: 'Only pending applications whose reviewers have (`true`) or have not (`false`) been reminded.',
  decidedBy: 'Only applications that this member of Customer Success approved or rejected.',
  decidedFrom: 'Only applications that were decided, withdrawn or lapsed on this day or later.',
  decidedTo: 'Only applications that were decided, withdrawn or lapsed on this day or earlier.',

  '/deliveries status': '`unknown`: e-mails whose outcome is unknown; `any`: all e-mails.',
  'query applicationId': 'Only e-mails about this application.',
};

export function descriptionOf(
  { path }: Pick<Route, 'path'>,
  { name, place }: { name: string; place: string },
): string | undefined {
  const list = path.replace(/\.\w+$/, '');
  return descriptions[`${list} ${name}`] ?? descriptions[`${place} ${name}`] ?? descriptions[name];
}
