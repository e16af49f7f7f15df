import { z } from 'zod';
import { refuse, type DomainError } from './problem.js';
import { roles, uuid, type Role } from './values.js';

/** The person whom the gateway asks for; accepted from the caller `gateway` only. */
export const actorSchema = z.strictObject({
  memberId: uuid,
  organizationId: uuid,
  roles: z.array(z.enum(roles)),
});
export type Actor = z.infer<typeof actorSchema>;

export function isSuperAdmin(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('super_admin');
}

/** A lead is a Customer Success member who is also told about what waits too long. */
export const customerSuccessRoles: readonly Role[] = ['customer_success', 'customer_success_lead'];

export function isCustomerSuccess(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.some((role) => customerSuccessRoles.includes(role));
}

/**
 * Who may do what stands in the gateway's table of rights. A service asks once more, before it reads anything.
 * @throws forbidden
 */
export function requireSuperAdmin(actor: Pick<Actor, 'roles'>): void {
  if (!isSuperAdmin(actor)) throw notAllowed();
}

/** @throws forbidden */
export function requireCustomerSuccess(actor: Pick<Actor, 'roles'>): void {
  if (!isCustomerSuccess(actor)) throw notAllowed();
}

/** A SuperAdmin, who sees what is the own organization's, or Customer Success, who sees all. @throws forbidden */
export function requireReader(actor: Pick<Actor, 'roles'>): void {
  if (!isSuperAdmin(actor) && !isCustomerSuccess(actor)) throw notAllowed();
}

/** Which organization is asked about: the actor's own; Customer Success may name another. @throws forbidden */
export function organizationAskedAbout(actor: Actor, named: string | undefined): string {
  if (named === undefined) return actor.organizationId;
  requireCustomerSuccess(actor);
  return named;
}

/** The same for who may name the own one, too: for Customer Success any. @throws forbidden, not_found */
export function readableOrganization(actor: Actor, organizationId = actor.organizationId): string {
  requireReader(actor);
  if (!isCustomerSuccess(actor) && organizationId !== actor.organizationId)
    throw refuse('not_found', 'There is no such organization.');
  return organizationId;
}

export function notAllowed(): DomainError {
  return refuse('forbidden', 'Your roles do not allow this.');
}
