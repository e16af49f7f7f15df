import { getSubdomain } from 'tldts';

/** What the name server has for a record; set by a tester. */
export const findings = ['missing', 'wrong', 'right'] as const;
export type Finding = (typeof findings)[number];

export type RecordStatus = 'not_started' | 'pending' | 'verified' | 'failed' | 'temporary_failure';

/** One record as Resend requires it, and what the name server has. */
export interface DomainRecord {
  record: 'SPF' | 'DKIM';
  /** Relative to the registered domain, as Resend writes it: `send`, or `send.mail` for `mail.partner.example`. */
  name: string;
  type: 'MX' | 'TXT';
  ttl: 'Auto';
  status: RecordStatus;
  value: string;
  priority?: number;
  finding: Finding;
}

/** A domain as Resend's API knows it. Instants are ISO 8601 in UTC. */
export interface MailDomain {
  id: string;
  name: string;
  createdAt: string;
  status: RecordStatus;
  /** Since when its records have been checked without success; null if no check is pending. */
  searchingSince: string | null;
  records: DomainRecord[];
}

/** How long Resend checks for records before it gives up. */
const PATIENCE_HOURS = 72;
/** How long Resend takes to recheck verified records. */
const ANEW_MINUTES = 1;

/** @param key the public DKIM key of its e-mails, in base64 */
export function addDomain(name: string, { id, key, now }: { id: string; key: string; now: Date }): MailDomain {
  const below = getSubdomain(name) ?? '';
  const under = (label: string) => (below === '' ? label : `${label}.${below}`);
  const record = (rest: Pick<DomainRecord, 'record' | 'name' | 'type' | 'value' | 'priority'>): DomainRecord => ({
    ttl: 'Auto',
    status: 'not_started',
    finding: 'missing',
    ...rest,
  });
  return {
    id,
    name,
    createdAt: now.toISOString(),
    status: 'not_started',
    searchingSince: null,
    records: [
      record({
        record: 'SPF',
        name: under('send'),
        type: 'MX',
        value: 'feedback-smtp.eu-west-1.amazonses.com',
        priority: 10,
      }),
      record({ record: 'SPF', name: under('send'), type: 'TXT', value: '"v=spf1 include:amazonses.com ~all"' }),
      record({ record: 'DKIM', name: under('resend._domainkey'), type: 'TXT', value: `p=${key}` }),
    ],
  };
}

/**
 * Starts a verification: the records are checked from now on, and the domain is pending meanwhile, even if it was
 * verified.
 */
export function startVerification(domain: MailDomain, now: Date): MailDomain {
  return lookUp({ ...domain, status: 'pending', searchingSince: now.toISOString() }, now);
}

/**
 * Resend's periodic check of the records: if all are right, the domain is `verified`; a verified domain that loses one
 * has a `temporary_failure`; if they are not right after 72 hours it is `failed`, until another verification is
 * requested.
 */
export function lookUp(domain: MailDomain, now: Date): MailDomain {
  if (domain.status === 'not_started' || domain.status === 'failed') return domain;
  const since = domain.searchingSince ?? now.toISOString();
  const isAnew = domain.status === 'pending' && domain.records.every(({ status }) => status === 'verified');
  if (isAnew && now.getTime() - Date.parse(since) < ANEW_MINUTES * 60_000) return domain;
  const isRight = domain.records.every(({ finding }) => finding === 'right');
  if (isRight) return withStatus(domain, 'verified', null);
  if (now.getTime() - Date.parse(since) >= PATIENCE_HOURS * 3_600_000) return withStatus(domain, 'failed', null);
  return withStatus(domain, domain.status === 'pending' ? 'pending' : 'temporary_failure', since);
}

/** Acts as if Resend had checked without success for the full 72 hours. */
export function losePatience(domain: MailDomain, now: Date): MailDomain {
  if (domain.searchingSince === null) return domain;
  const longAgo = new Date(now.getTime() - PATIENCE_HOURS * 3_600_000);
  return lookUp({ ...domain, searchingSince: longAgo.toISOString() }, now);
}

/** Changes what the name server has for one record, or for all. */
export function setFinding(domain: MailDomain, index: number | 'all', finding: Finding, now: Date): MailDomain {
  const records = domain.records.map((record, at) =>
    index === 'all' || at === index ? { ...record, finding } : record,
  );
  return lookUp({ ...domain, records }, now);
}

function withStatus(domain: MailDomain, status: RecordStatus, searchingSince: string | null): MailDomain {
  const records = domain.records.map((record) => ({
    ...record,
    status: record.finding === 'right' ? ('verified' as const) : status,
  }));
  return { ...domain, status, searchingSince, records };
}
