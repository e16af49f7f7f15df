import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  policyChangeResumed,
  readableOrganization,
  requireSuperAdmin,
  type AnswerOf,
  type Cause,
  type continuePolicyChange,
  type getPolicyChange,
  type listUnfinishedPolicyChanges,
  type PolicyChangeView,
  type RequestOf,
  type resumePolicyChanges,
  type stopPolicyChange,
} from '@tenure/contracts';
import { beforeAllIds, Database, pageFrom, queryRows, recordEvent } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import type { PolicyChangeRow } from '../database/policy-change.entity.js';
import { loadPolicyChange, policyChangeView, type ChangeKey } from './policy-change-row.js';

/** Shows people how far a policy change is applied, lets them stop and continue it, and lists the unfinished ones. */
@Injectable()
export class PolicyChangesService {
  constructor(private readonly database: Database) {}

  /** @throws forbidden, not_found */
  get({ actor, organizationId, version }: RequestOf<typeof getPolicyChange>): Promise<PolicyChangeView> {
    const of = readableOrganization(actor, organizationId);
    return this.database.asMember(actor, async (em) =>
      policyChangeView(await loadPolicyChange(em, { organizationId: of, version })),
    );
  }

  /** Lets a batch in progress finish, and starts no other. @throws forbidden, not_found */
  stop({ actor, version }: RequestOf<typeof stopPolicyChange>): Promise<PolicyChangeView> {
    requireSuperAdmin(actor);
    const { organizationId, memberId } = actor;
    return this.database.asMember(actor, async (em) => {
      const key = { organizationId, version };
      if (await setState(em, key, { from: 'applying', to: 'stopped' }))
        await onRecord(em, 'policy_change.stopped', key, { memberId });
      return policyChangeView(await loadPolicyChange(em, key));
    });
  }

  /** Notifies the waiting workflow. @throws forbidden, not_found */
  continue({ actor, version }: RequestOf<typeof continuePolicyChange>): Promise<PolicyChangeView> {
    requireSuperAdmin(actor);
    const { organizationId, memberId } = actor;
    return this.database.asMember(actor, async (em) => {
      const key = { organizationId, version };
      if (await setState(em, key, { from: 'stopped', to: 'applying' })) {
        await onRecord(em, 'policy_change.continued', key, { memberId });
        await tellResumed(em, key, { memberId });
      }
      return policyChangeView(await loadPolicyChange(em, key));
    });
  }

  listUnfinished({
    cursor,
    limit,
  }: RequestOf<typeof listUnfinishedPolicyChanges>): Promise<AnswerOf<typeof listUnfinishedPolicyChanges>> {
    return this.database.asService(async (em) => {
      const found = await queryRows<ChangeKey>(
        em,
        `select organization_id as "organizationId", version from licensing.policy_changes
         where ended_at is null and (organization_id, version) > (?::uuid, ?::int)
         order by organization_id, version limit ?`,
        [cursor?.organizationId ?? beforeAllIds, cursor?.version ?? 0, limit + 1],
      );
      return pageFrom(found, limit, (last) => last);
    });
  }

  /** Publishes an event for each of these changes that is unfinished. Publishing it twice does no harm. */
  async resume({ changes }: RequestOf<typeof resumePolicyChanges>): Promise<AnswerOf<typeof resumePolicyChanges>> {
    await this.database.asService(async (em) => {
      for (const key of changes) {
        const { endedAt } = await loadPolicyChange(em, key);
        if (endedAt === null) await tellResumed(em, key, { service: 'operator' });
      }
    });
    return {};
  }
}

/** Changes the state from `from` to `to`; leaves any other state as it is. @returns whether it changed */
async function setState(
  em: EntityManager,
  { organizationId, version }: ChangeKey,
  { from, to }: Record<'from' | 'to', PolicyChangeRow['state']>,
): Promise<boolean> {
  const changed = await queryRows(
    em,
    `update licensing.policy_changes set state = ? where organization_id = ? and version = ? and state = ? returning 1`,
    [to, organizationId, version, from],
  );
  return changed.length > 0;
}

function onRecord(
  em: EntityManager,
  action: 'policy_change.stopped' | 'policy_change.continued',
  { organizationId, version }: ChangeKey,
  cause: Cause,
): Promise<void> {
  return recordAudit(em, { action, organizationId, accountId: null, cause, before: null, after: { version } });
}

function tellResumed(em: EntityManager, { organizationId, version }: ChangeKey, cause: Cause): Promise<void> {
  return recordEvent(em, policyChangeResumed, { organizationId, version, cause, data: { organizationId, version } });
}
