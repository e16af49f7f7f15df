import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform/database';

/** The moving of an organization's live subscriptions to a new version of its policy: who asked for it, and where it is. */
export const PolicyChange = defineEntity({
  name: 'PolicyChange',
  tableName: 'policy_changes',
  properties: {
    organizationId: p.uuid().primary(),
    version: p.integer().primary(),
    policyId: p.uuid(),
    state: p.text().$type<'applying' | 'stopped' | 'applied' | 'superseded'>(),
    /** How many subscriptions were live when it was asked for. */
    total: p.integer(),
    /** Of how many it has been seen to, and how many of them it moved: the others had the version already. */
    lookedAt: p.integer(),
    moved: p.integer(),
    /** Batches done, and the last account of the last one. */
    batches: p.integer(),
    lastAccountId: p.uuid().nullable(),
    requestedBy: p.uuid(),
    requestedAt: p.datetime(3),
    /** With the member, the key under which a repeat is known. */
    idempotencyKey: p.text(),
    /** The version that its maker saw. */
    replaces: p.integer(),
    endedAt: p.datetime(3).nullable(),
  },
  indexes: [
    { name: 'policy_changes_unfinished_index', properties: ['organizationId', 'version'], where: 'ended_at is null' },
  ],
  uniques: [{ name: 'policy_changes_key_unique', properties: ['organizationId', 'requestedBy', 'idempotencyKey'] }],
  checks: [
    { name: 'policy_change_state', expression: `state in ('applying', 'stopped', 'applied', 'superseded')` },
    { name: 'policy_change_ended', expression: `(state in ('applied', 'superseded')) = (ended_at is not null)` },
  ],
  policies: organizationPolicies('licensing'),
  rowLevelSecurity: 'force',
});
export type PolicyChangeRow = InferEntity<typeof PolicyChange>;
