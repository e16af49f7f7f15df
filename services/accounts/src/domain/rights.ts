import type { Actor, Role } from '@tenure/contracts';

export const customerSuccess: readonly Role[] = ['customer_success', 'customer_success_lead'];

/** Who may ask what (1-mission M1). What is not in it, nobody may; each role is one that suffices. */
export const rights = {
  'sector.list': 'every member',
  'member.set_language': 'every member',
  'notices.wish': ['super_admin'],
  'recipients.see': ['super_admin', ...customerSuccess],
  'recipients.set': ['super_admin'],
  'organization.set_logo': ['super_admin'],
  'fallback_address.manage': ['super_admin'],
  'organization.find': customerSuccess,
  'account.names': 'every member',
  'account.list': ['super_admin', ...customerSuccess],
  'account.get': ['super_admin', ...customerSuccess],
  'account.audit': ['super_admin', ...customerSuccess],
  'calendar.manage': ['super_admin'],
  'clock.set': ['super_admin', ...customerSuccess],
  'application.preview': ['super_admin'],
  'application.submit': ['super_admin'],
  'application.list': ['super_admin', ...customerSuccess],
  'application.get': ['super_admin', ...customerSuccess],
  'application.check': customerSuccess,
  'application.withdraw': ['super_admin'],
  'decision.record': customerSuccess,
  'decision.get': ['super_admin', ...customerSuccess],
} as const satisfies Record<string, 'every member' | readonly Role[]>;
export type Right = keyof typeof rights;

export function isAllowed(actor: Pick<Actor, 'roles'>, right: Right): boolean {
  const sufficient: 'every member' | readonly Role[] = rights[right];
  return sufficient === 'every member' || actor.roles.some((role) => sufficient.includes(role));
}
