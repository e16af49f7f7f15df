import type { ContractChange, LicenseView } from '@tenure/contracts';
import { defaultPolicy, type Term } from '@tenure/lifecycle';
import type { Contract, DateRules } from '../domain/contract.js';

/** Builders for specs: each spec states only what matters to it. */
export const pro: LicenseView = {
  code: 'pro',
  names: { en: 'Pro', es: 'Pro' },
  rank: 2,
  features: ['alerts', 'reports'],
  maxDatapoints: 1000,
  maxRtcLines: 10,
};
export const small: LicenseView = {
  ...pro,
  code: 'small',
  names: { en: 'Small', es: 'Pequeña' },
  rank: 1,
  features: ['alerts'],
  maxDatapoints: 300,
  maxRtcLines: 0,
};

export const accountId = '01900000-0000-7000-8000-00000000000a';
export const organizationId = '01900000-0000-7000-8000-0000000000f0';

export function aTerm(term: Partial<Term> = {}): Term {
  return { number: 1, anchor: '2026-01-31', monthsBefore: 0, months: 12, ...term };
}

export const rules: DateRules = { graceDays: 15, spreadMinutes: 0 };

/** An account in Madrid for 2026-01-31 to 2027-01-31, with 480 of 500 datapoints in use. */
export function aContract(contract: Partial<Contract> = {}): Contract {
  return {
    country: 'ES',
    timeZone: 'Europe/Madrid',
    license: pro,
    contracted: 500,
    used: 480,
    rtcLines: 2,
    term: aTerm(),
    policy: defaultPolicy,
    pastWhenApplied: [],
    spreadSeconds: 0,
    renewalSubmittedAt: null,
    graceDays: 15,
    stoppedAt: null,
    importedAt: null,
    ...contract,
  };
}

export type NewAccount = Extract<ContractChange, { type: 'new_account' }>;

export function aNewAccount(change: Partial<NewAccount> = {}): NewAccount {
  return {
    type: 'new_account',
    accountId,
    organizationId,
    country: 'ES',
    timeZone: 'Europe/Madrid',
    license: 'pro',
    datapoints: 200,
    rtcLines: 0,
    months: 12,
    ...change,
  };
}
