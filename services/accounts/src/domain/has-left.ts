/** Whether who applied is none of the organization's members any more: removed, or by now in another one. */
export function hasLeft(
  applicant: { organizationId: string; removedAt: Date | null } | undefined,
  { organizationId }: { organizationId: string },
): boolean {
  return applicant?.organizationId !== organizationId || applicant.removedAt !== null;
}
