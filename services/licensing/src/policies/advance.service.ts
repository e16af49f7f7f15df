import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { subscriptionReplanned, type AnswerOf, type advancePolicyChange, type RequestOf } from '@tenure/contracts';
import type { ReminderPolicy } from '@tenure/lifecycle';
import { crashPoint, Database, queryRows, sendAlong } from '@tenure/platform';
import { findContracts, type ContractRecord } from '../contract/load-contract.js';
import { recordAudit } from '../database/audit.js';
import type { PolicyChangeRow } from '../database/policy-change.entity.js';
import { canBePlanned, replanned } from '../domain/replan.js';
import { Settings } from '../settings.js';
import { recordSubscriptionEvent } from '../subscriptions/record-subscription-event.js';
import { pageOfLive } from './live-subscriptions.js';
import { policyAsJson } from './newest-policy.js';
import { planBy } from './plan-by.js';
import { loadPolicyChange } from './policy-change-row.js';

/** Moves an organization's live subscriptions to a new version of its policy, a batch at a time. */
@Injectable()
export class AdvanceService {
  readonly #log = new Logger(AdvanceService.name);

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /**
   * Does one batch, unless it is already done, or the change is stopped or has ended. The progress is stored in the
   * change's row, in the batch's transaction, so that the next request continues from there after any crash.
   * @throws not_found
   */
  async advance({
    organizationId,
    version,
    batch,
  }: RequestOf<typeof advancePolicyChange>): Promise<AnswerOf<typeof advancePolicyChange>> {
    let isDone = false;
    const progress = await this.database.asService(async (em) => {
      // Locked until the commit: a newer change, a stop and another batch wait for this one.
      const change = await loadPolicyChange(em, { organizationId, version }, 'for update');
      if (change.state !== 'applying' || batch <= change.batches) return progressOf(change);

      const limit = this.settings.replannedAtOnce;
      // Lock the subscriptions before reading them, so that a renewal comes entirely before or after.
      const page = { organizationId, after: change.lastAccountId ?? null, limit };
      const accountIds = await pageOfLive(em, page, 'for update of s');
      const [policy, records] = await Promise.all([
        policyOf(em, change.policyId),
        findContracts(em, accountIds, this.settings),
      ]);
      const behind = records.filter(({ contract }) => contract.policy.version < version);
      const movable = behind.filter(canBePlanned);
      for (const record of behind) if (!canBePlanned(record)) this.#sayKept(record);
      for (const record of movable) await move(em, record, policy, change);

      const isThrough = accountIds.length < limit;
      const after: PolicyChangeRow = {
        ...change,
        state: isThrough ? 'applied' : 'applying',
        lookedAt: change.lookedAt + accountIds.length,
        moved: change.moved + movable.length,
        kept: change.kept + behind.length - movable.length,
        batches: change.batches + 1,
        lastAccountId: accountIds.at(-1) ?? change.lastAccountId,
      };
      await store(em, after);
      if (isThrough)
        await recordAudit(em, {
          ...{ action: 'policy_change.applied', organizationId, accountId: null, cause: { service: 'workflows' } },
          ...{ before: null, after: { version, moved: after.moved, ...(after.kept > 0 && { kept: after.kept }) } },
        });
      isDone = true;
      return progressOf(after);
    });
    if (isDone) crashPoint('licensing.policy_advanced');
    return progress;
  }

  #sayKept({ accountId, contract: { timeZone } }: ContractRecord): void {
    const message = `Account ${accountId} keeps its reminders: this process does not know its time zone ${timeZone}.`;
    this.#log.error({ message, alert: true });
  }
}

async function move(
  em: EntityManager,
  record: ContractRecord,
  policy: ReminderPolicy,
  { policyId, requestedBy }: PolicyChangeRow,
): Promise<void> {
  const { accountId, organizationId, contract, now } = record;
  const { pastWhenApplied } = replanned(contract, policy, now).after;
  const cause = { memberId: requestedBy };
  await planBy(em, accountId, { policyId, pastWhenApplied });
  await recordSubscriptionEvent(em, subscriptionReplanned, record, cause);
  await recordAudit(em, {
    ...{ action: 'subscription.replanned', accountId, organizationId, cause },
    before: { policyVersion: contract.policy.version },
    after: { policyVersion: policy.version, pastWhenApplied },
  });
}

async function policyOf(em: EntityManager, policyId: string): Promise<ReminderPolicy> {
  const rows = await queryRows<{ policy: ReminderPolicy }>(
    em,
    `select ${policyAsJson} as policy from licensing.reminder_policies p where p.policy_id = ?`,
    [policyId],
  );
  return rows[0]!.policy;
}

async function store(em: EntityManager, change: PolicyChangeRow): Promise<void> {
  const { organizationId, version, state, lookedAt, moved, kept, batches, lastAccountId } = change;
  await sendAlong(
    em,
    `update licensing.policy_changes set state = ?, looked_at = ?, moved = ?, kept = ?, batches = ?,
       last_account_id = ?,
       ended_at = case when ? then now() end
     where organization_id = ? and version = ?`,
    [state, lookedAt, moved, kept, batches, lastAccountId, state === 'applied', organizationId, version],
  );
}

function progressOf({
  state,
  total,
  lookedAt,
  moved,
  kept,
  batches,
}: PolicyChangeRow): AnswerOf<typeof advancePolicyChange> {
  return { state, total, lookedAt, moved, kept, batches };
}
