import type { Language } from '@tenure/contracts';

/** Someone who is told: a member, or an organization's fallback address, which has no name. */
export interface Recipient {
  memberId: string | null;
  name: string | null;
  email: string;
  language: Language;
}

/**
 * Who gets a delivery: each address once, however many members share it; the organization's fallback address when there
 * is nobody else. Empty: nobody can be told.
 */
export function recipientsOf(told: {
  recipients: (Recipient & { memberId: string; name: string })[];
  fallbackEmail: string | null;
  organization: { language: Language };
}): Recipient[] {
  const byAddress = new Map<string, Recipient>();
  for (const { memberId, name, email, language } of told.recipients)
    if (!byAddress.has(addressKey(email))) byAddress.set(addressKey(email), { memberId, name, email, language });
  if (byAddress.size > 0) return [...byAddress.values()];
  const fallback = fallbackOf(told);
  return fallback === null ? [] : [fallback];
}

/** The organization's fallback address, in the organization's language; null when its SuperAdmin has set none. */
export function fallbackOf(told: {
  fallbackEmail: string | null;
  organization: { language: Language };
}): Recipient | null {
  return told.fallbackEmail === null
    ? null
    : { memberId: null, name: null, email: told.fallbackEmail, language: told.organization.language };
}

/** Two spellings of one address are one recipient. */
export function addressKey(email: string): string {
  return email.trim().toLowerCase();
}
