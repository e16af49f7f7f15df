import type { EntityManager } from '@mikro-orm/postgresql';
import type { ContractChange } from '@tenure/contracts';
import type { ReminderPolicy } from '@tenure/lifecycle';
import { queryRows } from '@tenure/platform';
import { preview, type ContractPreview } from '../domain/preview.js';
import type { License } from '../domain/license.js';
import { findContract, type ContractRecord } from './load-contract.js';

type NewAccount = Extract<ContractChange, { type: 'new_account' }>;

/** A new account's contract, judged; with what its subscription is to be planned by. */
export interface JudgedAccount {
  preview: ContractPreview;
  policyId: string;
}

/** Judges a new account by the catalog. @param asOf null is now */
export async function judgeNewAccount(
  em: EntityManager,
  change: NewAccount,
  asOf: Date | null,
  graceDays: number,
): Promise<JudgedAccount> {
  const { now, isOpen, license, policy, policyId } = await readCatalog(em, change);
  const record = isOpen ? await findContract(em, change.accountId, graceDays) : null;
  const at = asOf ?? record?.now ?? now;
  const contract = record?.contract ?? null;
  return { preview: preview({ change, contract, license, asOf: at, policy, graceDays }), policyId };
}

/** Judges the change of a contract as it is stored. @param asOf in the account's clock; null is now */
export async function judgeChange(
  em: EntityManager,
  change: Exclude<ContractChange, NewAccount>,
  asOf: Date | null,
  { contract, now }: Pick<ContractRecord, 'contract' | 'now'>,
): Promise<{ preview: ContractPreview }> {
  const license = change.type === 'change_license' ? await findLicense(em, change.license) : null;
  const { policy, graceDays } = contract;
  return { preview: preview({ change, contract, license, asOf: asOf ?? now, policy, graceDays }) };
}

/** The license that is asked for, the newest policy of the organization, or the default, and whether the account is open. */
export async function readCatalog(
  em: EntityManager,
  { license, organizationId, accountId }: Pick<NewAccount, 'license' | 'organizationId' | 'accountId'>,
) {
  const [row] = await queryRows<{
    now: string;
    isOpen: boolean;
    license: License | null;
    policy: ReminderPolicy;
    policyId: string;
  }>(
    em,
    `select now() as now, p.policy_id as "policyId",
       exists (select from licensing.subscriptions s where s.account_id = ?) as "isOpen",
       jsonb_build_object('version', p.version, 'offsets', p.offsets, 'localTime', p.local_time) as policy,
       (${licenseByCode}) as license
     from licensing.reminder_policies p
     where p.organization_id is null or p.organization_id = ?
     order by p.organization_id nulls last, p.version desc limit 1`,
    [accountId, license, organizationId],
  );
  return { ...row!, now: new Date(row!.now) };
}

/** Null when the catalog has none with this code. */
async function findLicense(em: EntityManager, code: string): Promise<License | null> {
  const [row] = await queryRows<{ license: License }>(em, licenseByCode, [code]);
  return row?.license ?? null;
}

const licenseByCode = `
  select jsonb_build_object('code', l.code, 'names', l.names, 'rank', l.rank, 'features', l.features,
    'maxDatapoints', l.max_datapoints, 'maxRtcLines', l.max_rtc_lines) as license
  from licensing.licenses l where l.code = ?`;
