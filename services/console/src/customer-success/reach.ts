import type { MarkedAddressView, NoticeGroup, OrganizationMember } from '@tenure/contracts';

type Mark = Pick<MarkedAddressView, 'address'>;

/** Whether nothing is sent to the address. Marked addresses are in lowercase. */
export function isMarked(email: string, marks: readonly Mark[]): boolean {
  return marks.some(({ address }) => address === email.trim().toLowerCase());
}

interface Reached {
  /** The first page of members, which starts with the SuperAdmins. */
  items: readonly Pick<OrganizationMember, 'roles' | 'email' | 'told'>[];
  next: string | null;
  marks: readonly Mark[];
  fallbackEmail: string | null;
}

/**
 * Reports that nobody can apply, or that e-mails about accounts reach neither a SuperAdmin nor the fallback address: no
 * notices at all, or no decisions, or no reminders. Null: all is well.
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
