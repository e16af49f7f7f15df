import type { ExtraAddress, Language } from '@tenure/contracts';

/** Someone who is told: a member, an extra address of the account, or the organization's fallback address. */
export interface Recipient {
  memberId: string | null;
  /** Only members have one. */
  name: string | null;
  email: string;
  language: Language;
  /** An extra address of the account: nobody who could sign in. */
  isExtra: boolean;
}

/**
 * Who gets a delivery: each address once, however many share it, and a member's before an extra one; the organization's
 * fallback address when there is nobody else. Empty: nobody can be told.
 */
export function recipientsOf(told: {
  recipients: { memberId: string; name: string; email: string; language: Language }[];
  extraAddresses: ExtraAddress[];
  fallbackEmail: string | null;
  organization: { language: Language };
}): Recipient[] {
  const all: Recipient[] = [
    ...told.recipients.map(({ memberId, name, email, language }) => ({
      memberId,
      name,
      email,
      language,
      isExtra: false,
    })),
    ...told.extraAddresses.map((extra) => ({ memberId: null, name: null, ...extra, isExtra: true })),
  ];
  const byAddress = new Map(all.toReversed().map((recipient) => [addressKey(recipient.email), recipient]));
  const each = all.filter((recipient) => byAddress.get(addressKey(recipient.email)) === recipient);
  if (each.length > 0) return each;
  const fallback = fallbackOf(told);
  return fallback === null ? [] : [fallback];
}

/** Whether one of them has this address, however it is written. */
export function isAmong(others: readonly { email: string }[], { email }: { email: string }): boolean {
  return others.some((other) => addressKey(other.email) === addressKey(email));
}

/** Whether an extra address that was to be told has been removed from the account since. */
export function isRemoved({ isExtra, email }: Pick<Recipient, 'isExtra' | 'email'>, extra: ExtraAddress[]): boolean {
  return isExtra && !isAmong(extra, { email });
}

/** Whether a member who was to be told is none of those any more who are, or a fallback address another one by now. */
export function isNoLongerTold(
  { memberId, isExtra, email }: Pick<Recipient, 'memberId' | 'isExtra' | 'email'>,
  told: { recipients: readonly { memberId: string }[]; fallbackEmail: string | null },
): boolean {
  if (memberId !== null) return !told.recipients.some((recipient) => recipient.memberId === memberId);
  return !isExtra && (told.fallbackEmail === null || addressKey(told.fallbackEmail) !== addressKey(email));
}

/** The organization's fallback address, in the organization's language; null when its SuperAdmin has set none. */
export function fallbackOf(told: {
  fallbackEmail: string | null;
  organization: { language: Language };
}): Recipient | null {
  return told.fallbackEmail === null
    ? null
    : { memberId: null, name: null, email: told.fallbackEmail, language: told.organization.language, isExtra: false };
}

/** Two spellings of one address are one recipient. */
export function addressKey(email: string): string {
  return email.trim().toLowerCase();
}
