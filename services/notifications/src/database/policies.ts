import type { PolicyDef } from '@mikro-orm/postgresql';

/** The organization whose member the transaction is for. */
export const ofOrganization = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;

/** Two roles and two policies: one with "own or all" would keep indexes from being used. */
export const serviceDoesAll: PolicyDef = { name: 'service', roles: ['notifications'], using: 'true', check: 'true' };

/** Members change nothing here. */
export function memberReads(using: string): PolicyDef {
  return { name: 'own_organization', command: 'select', roles: ['notifications_member'], using };
}
