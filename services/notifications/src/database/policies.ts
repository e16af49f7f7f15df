import type { PolicyDef } from '@mikro-orm/postgresql';

/** The organization of the member in whose name the transaction runs. */
export const ofOrganization = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;

/** Two roles with two policies: a single "own or all" policy would prevent the use of indexes. */
export const serviceDoesAll: PolicyDef = { name: 'service', roles: ['notifications'], using: 'true', check: 'true' };

/** Members cannot write here. */
export function memberReads(using: string): PolicyDef {
  return { name: 'own_organization', command: 'select', roles: ['notifications_member'], using };
}
