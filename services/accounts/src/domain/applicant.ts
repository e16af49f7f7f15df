import type { Role } from '@tenure/contracts';

/** The current state of the member who applied; undefined once they are no longer known. */
interface Applicant {
  organizationId: string;
  removedAt: Date | null;
  roles: readonly Role[];
}

/** Whether the applicant is no longer a member of the organization: removed, or moved to another one. */
export function hasLeft(applicant: Applicant | undefined, { organizationId }: { organizationId: string }): boolean {
  return applicant?.organizationId !== organizationId || applicant.removedAt !== null;
}

/** Whether the applicant may still see the application: it belongs to the organization, and its SuperAdmins see it. */
export function isStillSuperAdmin(
  applicant: Applicant | undefined,
  application: { organizationId: string },
): applicant is Applicant {
  return !hasLeft(applicant, application) && applicant!.roles.includes('super_admin');
}
