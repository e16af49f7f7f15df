import { z } from 'zod';
import { refuse, type DomainError } from './problem.js';
import { roles, uuid, type Role } from './values.js';

/** The person on whose behalf the gateway asks; accepted from the caller `gateway` only. */
export const actorSchema = z.strictObject({
  memberId: uuid,
  organizationId: uuid,
  roles: z.array(z.enum(roles)),
});
export type Actor = z.infer<typeof actorSchema>;

export function isSuperAdmin(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('super_admin');
}

/** A lead is a Customer Success member who is also notified about what has waited too long. */
export const customerSuccessRoles: readonly Role[] = ['customer_success', 'customer_success_lead'];

export function isCustomerSuccess(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.some((role) => customerSuccessRoles.includes(role));
}

/**
 * The gateway's table of rights says who may do what. A service checks again before it reads anything. @throws
 * forbidden
 */
export function requireSuperAdmin(actor: Pick<Actor, 'roles'>): void {
  if (!isSuperAdmin(actor)) throw notAllowed();
}

/** @throws forbidden */
export function requireCustomerSuccess(actor: Pick<Actor, 'roles'>): void {
  if (!isCustomerSuccess(actor)) throw notAllowed();
}

/** A SuperAdmin, who sees their own organization, or Customer Success, who sees all. @throws forbidden */
export function requireReader(actor: Pick<Actor, 'roles'>): void {
  if (!isSuperAdmin(actor) && !isCustomerSuccess(actor)) throw notAllowed();
}

/**
 * The organization that the request is about: the actor's own, or for Customer Success any that it names. @throws
 * forbidden
 */
export function organizationAskedAbout(actor: Actor, named: string | undefined): string {
  if (named === undefined) return actor.organizationId;
  requireCustomerSuccess(actor);
  return named;
}

/**
 * Like `organizationAskedAbout`, for requests in which a SuperAdmin may name their own organization, and Customer
 * Success any. @throws forbidden, not_found
 */
export function readableOrganization(actor: Actor, organizationId = actor.organizationId): string {
  requireReader(actor);
  if (!isCustomerSuccess(actor) && organizationId !== actor.organizationId)
    throw refuse('not_found', 'There is no such organization.');
  return organizationId;
}

export function notAllowed(): DomainError {
  return refuse('forbidden', 'Your roles do not allow this.');
}
