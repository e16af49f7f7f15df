import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  policyChanged,
  readableOrganization,
  refuse,
  requireSuperAdmin,
  type changePolicy,
  type ChosenPolicy,
  type getPolicy,
  type PolicyView,
  type RequestOf,
  idempotencyKeyReused,
} from '@tenure/contracts';
import type { ReminderPolicy } from '@tenure/lifecycle';
import { Database, queryRows, readRow, recordEvent, sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { changeOnRecord } from '../database/audit.js';
import { PolicyChange } from '../database/policy-change.entity.js';
import { asStored, isSamePolicy, problemsOf } from '../domain/chosen-policy.js';
import { Settings } from '../settings.js';
import { countLive } from './live-subscriptions.js';
import { newestPolicy, policyAsJson, takePolicy, type StoredPolicy } from './newest-policy.js';
import { policyChangeView } from './policy-change-row.js';

/** An organization's reminder policy, in versions. */
@Injectable()
export class PoliciesService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** The newest version; the default for an organization that never chose one. @throws forbidden, not_found */
  get({ actor, organizationId }: RequestOf<typeof getPolicy>): Promise<PolicyView> {
    const of = readableOrganization(actor, organizationId);
    return this.database.asMember(actor, async (em) => this.#view(em, of, await newestPolicy(em, of)));
  }

  /**
   * Adds a version, by which subscriptions are opened and renewed from now on, and starts moving the live ones to it. A
   * change that is still being applied ends here: the newest wins, and also moves what that change had not reached.
   * @throws forbidden, invalid, policy_changed, idempotency_key_reused
   */
  change({ actor, idempotencyKey, policy, replaces }: RequestOf<typeof changePolicy>): Promise<PolicyView> {
    requireSuperAdmin(actor);
    const chosen = validPolicy(policy);
    const { organizationId, memberId } = actor;
    return this.database.asMember(actor, async (em) => {
      await takePolicy(em, organizationId);
      const [newest, first] = await Promise.all([
        newestPolicy(em, organizationId),
        versionUnder(em, { organizationId, memberId, idempotencyKey }),
      ]);
      if (first !== null) {
        if (first.replaces !== replaces || !isSamePolicy(first.policy, chosen)) throw idempotencyKeyReused();
        return this.#view(em, organizationId, first);
      }
      if (newest.policy.version !== replaces)
        throw refuse('policy_changed', 'The reminder policy has been changed since you read it.', {
          current: await this.#view(em, organizationId, newest),
        });
      if (isSamePolicy(newest.policy, chosen))
        throw refuse('invalid', 'This is already the current reminder policy.', {
          errors: [{ path: 'policy.offsets', code: 'unchanged', message: 'These reminders are already in effect.' }],
        });

      const version = newest.policy.version + 1;
      const added = { policyId: uuidv7(), policy: { version, ...chosen } };
      await endEarlierChanges(em, organizationId);
      await insertVersion(em, added, { organizationId, memberId, idempotencyKey, replaced: newest.policy });
      const cause = { memberId };
      const data = { organizationId, version, ...chosen };
      await recordEvent(em, policyChanged, { organizationId, version, cause, data });
      return this.#view(em, organizationId, added);
    });
  }

  async #view(em: EntityManager, organizationId: string, { policy }: StoredPolicy): Promise<PolicyView> {
    const change = await readRow(em, PolicyChange, { organizationId, version: policy.version });
    return {
      organizationId,
      ...policy,
      change: change && policyChangeView(change),
      spreadMinutes: this.settings.spreadMinutes,
    };
  }
}

/** The chosen policy as it is stored. @throws invalid */
export function validPolicy(chosen: ChosenPolicy): ChosenPolicy {
  const errors = problemsOf(chosen);
  if (errors.length > 0) throw refuse('invalid', 'This reminder policy is not valid.', { errors });
  return asStored(chosen);
}

interface Request {
  organizationId: string;
  memberId: string;
  idempotencyKey: string;
}

/** The version that this member created with this key; null when the key is new. */
async function versionUnder(
  em: EntityManager,
  { organizationId, memberId, idempotencyKey }: Request,
): Promise<(StoredPolicy & { replaces: number }) | null> {
  const [row] = await queryRows<StoredPolicy & { replaces: number }>(
    em,
    `select p.policy_id as "policyId", c.replaces, ${policyAsJson} as policy
     from licensing.policy_changes c join licensing.reminder_policies p using (policy_id)
     where c.organization_id = ? and c.requested_by = ? and c.idempotency_key = ?`,
    [organizationId, memberId, idempotencyKey],
  );
  return row ?? null;
}

/** Waits for a batch that is in progress. */
function endEarlierChanges(em: EntityManager, organizationId: string): Promise<void> {
  return sendAlong(
    em,
    `update licensing.policy_changes set state = 'superseded', ended_at = now()
     where organization_id = ? and ended_at is null`,
    [organizationId],
  );
}

async function insertVersion(
  em: EntityManager,
  { policyId, policy: { version, offsets, localTime } }: StoredPolicy,
  { organizationId, memberId, idempotencyKey, replaced }: Request & { replaced: ReminderPolicy },
): Promise<void> {
  const total = await countLive(em, organizationId);
  await changeOnRecord(
    em,
    [
      [
        `insert into licensing.reminder_policies (policy_id, organization_id, version, offsets, local_time)
         values (?, ?, ?, ?::text[], ?)`,
        ...[policyId, organizationId, version, `{${offsets.join(',')}}`, localTime],
      ],
      [
        `insert into licensing.policy_changes (organization_id, version, policy_id, state, total, looked_at, moved, batches,
           requested_by, requested_at, idempotency_key, replaces) values (?, ?, ?, 'applying', ?, 0, 0, 0, ?, now(), ?, ?)`,
        ...[organizationId, version, policyId, total, memberId, idempotencyKey, replaced.version],
      ],
    ],
    {
      action: 'policy.changed',
      organizationId,
      accountId: null,
      cause: { memberId },
      before: { ...replaced },
      after: { version, offsets, localTime },
    },
  );
}
