import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { organizationPolicies } from '@tenure/platform/database';

/** Moves an organization's live subscriptions to a new version of its policy: who requested it, and its progress. */
export const PolicyChange = defineEntity({
  name: 'PolicyChange',
  tableName: 'policy_changes',
  properties: {
    organizationId: p.uuid().primary(),
    version: p.integer().primary(),
    policyId: p.uuid(),
    state: p.text().$type<'applying' | 'stopped' | 'applied' | 'superseded'>(),
    /** How many subscriptions were live when the change was requested. */
    total: p.integer(),
    /**
     * How many subscriptions have been examined, how many of them were moved, and how many keep their policy because
     * they cannot be planned here. The rest needed no move.
     */
    lookedAt: p.integer(),
    moved: p.integer(),
    kept: p.integer().default(0),
    /** How many batches are done, and the last account of the latest batch. */
    batches: p.integer(),
    lastAccountId: p.uuid().nullable(),
    requestedBy: p.uuid(),
    requestedAt: p.datetime(3),
    /** Together with the member, identifies a repeated request. */
    idempotencyKey: p.text(),
    /** The version that was current when the member chose. */
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
