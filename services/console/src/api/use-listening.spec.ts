import { isShown } from './use-listening.js';

const used = { kind: 'account', what: 'licensing.use.changed' } as const;
const created = { kind: 'account', what: 'accounts.account.created' } as const;
const replanned = { kind: 'account', what: 'licensing.subscription.replanned' } as const;
const submitted = { kind: 'application', what: 'accounts.application.submitted' } as const;
const delivered = { kind: 'delivery', what: 'notifications.delivery.delivered' } as const;

describe('a list on screen', () => {
  it.each([
    ['accounts', [used, created, submitted]],
    ['organization', [used, created, submitted]],
    ['organizations', [created, submitted]],
    ['applications', [submitted]],
  ] as const)('of %s is refetched only for events that can change it', (lists, shown) =>
    expect([used, created, replanned, submitted, delivered].filter((change) => isShown(lists, change))).toEqual(shown),
  );
});
