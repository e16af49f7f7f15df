import type { EntityManager } from '@mikro-orm/postgresql';
import type { ContractChange, LicenseView } from '@tenure/contracts';
import { queryRows } from '@tenure/platform';
import type { DateRules } from '../domain/contract.js';
import { preview, type ContractPreview } from '../domain/preview.js';
import { newestPolicy } from '../policies/newest-policy.js';
import { findContract, licenseAsJson, requireKnownZone, type ContractRecord } from './load-contract.js';

type NewAccount = Extract<ContractChange, { type: 'new_account' }>;

/** The judged contract, and the policy that plans a term that starts with it. */
export interface JudgedContract {
  preview: ContractPreview;
  policyId: string;
}

/** Judges a new account against the catalog. @param asOf null means now */
export async function judgeNewAccount(
  em: EntityManager,
  change: NewAccount,
  asOf: Date | null,
  rules: DateRules,
): Promise<JudgedContract> {
  const { now, license, policy, policyId, record } = await readCatalog(em, change, rules);
  const at = asOf ?? record?.now ?? now;
  const contract = record?.contract ?? null;
  return { preview: preview({ change, contract, license, asOf: at, newestPolicy: policy, rules }), policyId };
}

/**
 * Judges a change of the stored contract.
 * @param asOf in the account's clock; null means now
 * @throws unavailable in an unknown time zone
 */
export async function judgeChange(
  em: EntityManager,
  change: Exclude<ContractChange, NewAccount>,
  asOf: Date | null,
  { organizationId, contract, now }: Pick<ContractRecord, 'organizationId' | 'contract' | 'now'>,
  rules: DateRules,
): Promise<JudgedContract> {
  requireKnownZone(contract);
  const [license, { policy, policyId }] = await Promise.all([
    change.type === 'change_license' ? findLicense(em, change.license) : null,
    newestPolicy(em, organizationId),
  ]);
  return { preview: preview({ change, contract, license, asOf: asOf ?? now, newestPolicy: policy, rules }), policyId };
}

/**
 * The requested license, the organization's newest policy (or the default), and the account's contract, if it has one
 * already.
 */
export async function readCatalog(
  em: EntityManager,
  { license, organizationId, accountId }: Pick<NewAccount, 'license' | 'organizationId' | 'accountId'>,
  rules: DateRules,
) {
  const [[row], newest, record] = await Promise.all([
    queryRows<{ now: string; license: LicenseView | null }>(em, `select now() as now, (${licenseByCode}) as license`, [
      license,
    ]),
    newestPolicy(em, organizationId),
    findContract(em, accountId, rules),
  ]);
  return { ...row!, ...newest, record, now: new Date(row!.now) };
}

/** Null when the catalog has no license with this code. */
async function findLicense(em: EntityManager, code: string): Promise<LicenseView | null> {
  const [row] = await queryRows<{ license: LicenseView }>(em, licenseByCode, [code]);
  return row?.license ?? null;
}

const licenseByCode = `
  select ${licenseAsJson} as license from licensing.licenses l where l.code = ?`;
