import { QueryClient, type QueryKey } from '@tanstack/react-query';
import {
  accountNamesQuery,
  accountsQuery,
  applicationsQuery,
  organizationQuery,
  organizationsQuery,
} from './queries.js';
import { isShown } from './is-shown.js';

const about = { accountId: 'shown' };
const used = { ...about, kind: 'account', what: 'licensing.use.changed' } as const;
const usedByOther = { ...used, accountId: 'other' } as const;
const created = { ...about, kind: 'account', what: 'accounts.account.created' } as const;
const replanned = { ...about, kind: 'account', what: 'licensing.subscription.replanned' } as const;
const submitted = { ...about, kind: 'application', what: 'accounts.application.submitted' } as const;
const delivered = { ...about, kind: 'delivery', what: 'notifications.delivery.delivered' } as const;

const page = { items: [{ accountId: 'shown' }], next: null, count: 2 };

it.each<[string, QueryKey, object]>([
  ['accounts', accountsQuery({ zone: 'active' }).queryKey, [used, created, submitted]],
  [
    'accounts by the datapoints that are left, in which any account may come up,',
    accountsQuery({ zone: 'active', sort: 'left' }).queryKey,
    [used, usedByOther, created, submitted],
  ],
  ['names of accounts', accountNamesQuery.queryKey, [created, submitted]],
  ['applications', applicationsQuery({ status: 'pending' }).queryKey, [submitted]],
  ['organizations', organizationsQuery({}).queryKey, [created, submitted]],
  [
    'one organization, with the sum of its datapoints,',
    organizationQuery('o').queryKey,
    [used, usedByOther, created, submitted],
  ],
])('a query of %s is refetched only for events that can change it', (_, queryKey, shown) => {
  const queries = new QueryClient();
  queries.setQueryData(queryKey, page);
  const query = queries.getQueryCache().find({ queryKey })!;
  const events = [used, usedByOther, created, replanned, submitted, delivered];
  expect(events.filter((change) => isShown(query, change))).toEqual(shown);
});
