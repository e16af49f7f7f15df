import type { MarkedAddressView, NoticeGroup, OrganizationMember } from '@tenure/contracts';

type Mark = Pick<MarkedAddressView, 'address'>;

/** Nothing is sent to it; marks are in small letters. */
export function isMarked(email: string, marks: readonly Mark[]): boolean {
  return marks.some(({ address }) => address === email.trim().toLowerCase());
}

interface Reached {
  /** The first page of its members: SuperAdmins come first. */
  items: readonly Pick<OrganizationMember, 'roles' | 'email' | 'told'>[];
  next: string | null;
  marks: readonly Mark[];
  fallbackEmail: string | null;
}

/**
 * There is nobody who may apply, or of its accounts nobody of them is told, nor anybody in their place: of nothing, or not
 * of decisions, or of reminders. Null: all is well.
 */
export function reachOf({
  items,
  next,
  marks,
  fallbackEmail,
}: Reached): 'no_super_admin' | 'nobody' | NoticeGroup | null {
  const superAdmins = items.filter(({ roles }) => roles.includes('super_admin'));
  if (superAdmins.length === 0) return 'no_super_admin';
  const areAll = next === null || superAdmins.length < items.length;
  if (!areAll || (fallbackEmail !== null && !isMarked(fallbackEmail, marks))) return null;
  const reached = new Set(superAdmins.flatMap(({ email, told }) => (isMarked(email, marks) ? [] : told)));
  const [group, other] = (['decisions', 'reminders'] as const).filter((one) => !reached.has(one));
  return other ? 'nobody' : (group ?? null);
}
