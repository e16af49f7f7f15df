import type { EntityManager } from '@mikro-orm/postgresql';
import { refuse, type PolicyChangeView } from '@tenure/contracts';
import { readRow } from '@tenure/platform';
import { PolicyChange, type PolicyChangeRow } from '../database/policy-change.entity.js';

/** Identifies a change: an organization has one for each version of its own. */
export interface ChangeKey {
  organizationId: string;
  version: number;
}

/** @param rest such as `for update` @throws not_found */
export async function loadPolicyChange(
  em: EntityManager,
  { organizationId, version }: ChangeKey,
  rest = '',
): Promise<PolicyChangeRow> {
  const row = await readRow(em, PolicyChange, { organizationId, version }, rest);
  if (row === null) throw refuse('not_found', 'There is no such change to the reminder policy.');
  return row;
}

export function policyChangeView(row: PolicyChangeRow): PolicyChangeView {
  const { version, state, total, lookedAt, moved, kept, requestedBy, requestedAt, endedAt } = row;
  return {
    ...{ version, state, total, lookedAt, moved, kept, requestedBy },
    requestedAt: requestedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
