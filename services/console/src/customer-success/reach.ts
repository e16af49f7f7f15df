import type { MarkedAddressView, OrganizationMember } from '@tenure/contracts';

type Mark = Pick<MarkedAddressView, 'address'>;

/** Nothing is sent to it; marks are in small letters. */
export function isMarked(email: string, marks: readonly Mark[]): boolean {
  return marks.some(({ address }) => address === email.trim().toLowerCase());
}

interface Reached {
  /** The first page of its members: SuperAdmins come first. */
  items: readonly Pick<OrganizationMember, 'roles' | 'email'>[];
  next: string | null;
  marks: readonly Mark[];
  fallbackEmail: string | null;
}

/** There is nobody who may apply, or nobody of them is told of its accounts, nor anybody in their place. Null: all is well. */
export function reachOf({ items, next, marks, fallbackEmail }: Reached): 'no_super_admin' | 'nobody' | null {
  const superAdmins = items.filter(({ roles }) => roles.includes('super_admin'));
  if (superAdmins.length === 0) return 'no_super_admin';
  const areAll = next === null || superAdmins.length < items.length;
  const told = [...superAdmins.map(({ email }) => email), ...(fallbackEmail === null ? [] : [fallbackEmail])];
  return areAll && told.every((email) => isMarked(email, marks)) ? 'nobody' : null;
}
