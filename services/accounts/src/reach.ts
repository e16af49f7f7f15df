import { isCustomerSuccess, type Actor } from '@tenure/contracts';

/**
 * Which organizations' rows an actor may access, as query conditions: their own organization's; for Customer Success,
 * all.
 */
export function withinReach(actor: Actor): { organizationId?: string } {
  return isCustomerSuccess(actor) ? {} : { organizationId: actor.organizationId };
}

/** The same for one row. */
export function reaches(actor: Actor, { organizationId }: { organizationId: string }): boolean {
  return isCustomerSuccess(actor) || organizationId === actor.organizationId;
}

/**
 * Every row of a list has to belong to each of these organizations: the requested one, and the actor's own unless they
 * may access others.
 */
export function organizationsWithinReach(actor: Actor, organizationId: string | undefined): string[] {
  return [withinReach(actor).organizationId, organizationId].filter((id) => id !== undefined);
}
