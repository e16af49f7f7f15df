import type { Role } from '@tenure/contracts';

/** Who applied, as they are by now; undefined once nothing is known of them. */
interface Applicant {
  organizationId: string;
  removedAt: Date | null;
  roles: readonly Role[];
}

/** Whether who applied is none of the organization's members any more: removed, or by now in another one. */
export function hasLeft(applicant: Applicant | undefined, { organizationId }: { organizationId: string }): boolean {
  return applicant?.organizationId !== organizationId || applicant.removedAt !== null;
}

/** Whether they may still see what they applied for: it is the organization's, and its SuperAdmins'. */
export function isStillSuperAdmin(
  applicant: Applicant | undefined,
  application: { organizationId: string },
): applicant is Applicant {
  return !hasLeft(applicant, application) && applicant!.roles.includes('super_admin');
}
