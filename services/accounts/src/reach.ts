import { isCustomerSuccess, type Actor } from '@tenure/contracts';

/** Whose rows an actor reaches, as the conditions of a query: the own organization's; for Customer Success every one's. */
export function withinReach(actor: Actor): { organizationId?: string } {
  return isCustomerSuccess(actor) ? {} : { organizationId: actor.organizationId };
}

/** The same of one row. */
export function reaches(actor: Actor, { organizationId }: { organizationId: string }): boolean {
  return isCustomerSuccess(actor) || organizationId === actor.organizationId;
}

/** The organizations of which all rows of a list have to be: the one that is asked for, and that within reach. */
export function organizationsWithinReach(actor: Actor, organizationId: string | undefined): string[] {
  return [withinReach(actor).organizationId, organizationId].filter((id) => id !== undefined);
}
