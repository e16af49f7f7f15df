import type { EntityManager } from '@mikro-orm/postgresql';
import { refuse, type ContractChange } from '@tenure/contracts';
import type { ReminderPolicy } from '@tenure/lifecycle';
import { preview, type ContractPreview } from '../domain/preview.js';
import type { License } from '../domain/license.js';
import type { ContractRecord } from './load-contract.js';

/** A change judged by what is stored; with what a new subscription is to be planned by. */
export interface JudgedChange {
  preview: ContractPreview;
  policyId: string;
}

/**
 * Judges the change of a contract as it is stored.
 * @param asOf in the account's clock; null is now
 * @throws not_found for a change of an account that is not there
 */
export async function judgeChange(
  em: EntityManager,
  change: ContractChange,
  asOf: Date | null,
  record: ContractRecord | null,
  graceDays: number,
): Promise<JudgedChange> {
  if (record === null && change.type !== 'new_account') throw refuse('not_found', 'No such account');
  const { now, license, policy, policy_id } = await readCatalog(em, change);
  return {
    preview: preview({
      change,
      contract: record?.contract ?? null,
      license,
      asOf: asOf ?? record?.now ?? now,
      policy,
      graceDays,
    }),
    policyId: policy_id,
  };
}

/** The license that the change names, and the newest policy of the organization, or the default. */
async function readCatalog(em: EntityManager, change: ContractChange) {
  const license = 'license' in change ? change.license : null;
  const organizationId = 'organizationId' in change ? change.organizationId : null;
  const [row] = await em.execute<{ now: string; license: License | null; policy: ReminderPolicy; policy_id: string }[]>(
    `select now() as now, p.policy_id,
       jsonb_build_object('version', p.version, 'offsets', p.offsets, 'localTime', p.local_time) as policy,
       (select jsonb_build_object('code', l.code, 'names', l.names, 'rank', l.rank, 'features', l.features,
          'maxDatapoints', l.max_datapoints, 'maxRtcLines', l.max_rtc_lines)
        from licensing.licenses l where l.code = ?) as license
     from licensing.reminder_policies p
     where p.organization_id is null or p.organization_id = ?
     order by p.organization_id nulls last, p.version desc limit 1`,
    [license, organizationId],
  );
  return { ...row!, now: new Date(row!.now) };
}
