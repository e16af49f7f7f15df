import { isCustomerSuccess, type Actor } from '@tenure/contracts';

/** Whose rows an actor reaches, as the conditions of a query: the own organization's; for Customer Success every one's. */
export function withinReach(actor: Actor): { organizationId?: string } {
  return isCustomerSuccess(actor) ? {} : { organizationId: actor.organizationId };
}

/** The same of one row. */
export function reaches(actor: Actor, { organizationId }: { organizationId: string }): boolean {
  return isCustomerSuccess(actor) || organizationId === actor.organizationId;
}

/** Every row of a list has to be of each of these organizations: of the one asked for, and of the actor's own where no other is reached. */
export function organizationsWithinReach(actor: Actor, organizationId: string | undefined): string[] {
  return [withinReach(actor).organizationId, organizationId].filter((id) => id !== undefined);
}
