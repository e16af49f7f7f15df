import type { ExtraAddress, Language } from '@tenure/contracts';

/** Someone who gets a notice: a member, an extra address of the account, or the organization's fallback address. */
export interface Recipient {
  memberId: string | null;
  /** Only members have a name. */
  name: string | null;
  email: string;
  language: Language;
  /** An extra address of the account, whose reader cannot sign in. */
  isExtra: boolean;
}

/**
 * The recipients of a notice: each address once, however many share it, preferring a member to an extra address; the
 * organization's fallback address when there is nobody else. Empty when nobody can be notified.
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

/** Whether one of them has this address, in any spelling. */
export function isAmong(others: readonly { email: string }[], { email }: { email: string }): boolean {
  return others.some((other) => addressKey(other.email) === addressKey(email));
}

/** Whether an extra address has been removed from the account since it was chosen as a recipient. */
export function isRemoved({ isExtra, email }: Pick<Recipient, 'isExtra' | 'email'>, extra: ExtraAddress[]): boolean {
  return isExtra && !isAmong(extra, { email });
}

/** Whether a member is no longer among the recipients, or a fallback address has been replaced. */
export function isNoLongerTold(
  { memberId, isExtra, email }: Pick<Recipient, 'memberId' | 'isExtra' | 'email'>,
  told: { recipients: readonly { memberId: string }[]; fallbackEmail: string | null },
): boolean {
  if (memberId !== null) return !told.recipients.some((recipient) => recipient.memberId === memberId);
  return !isExtra && (told.fallbackEmail === null || addressKey(told.fallbackEmail) !== addressKey(email));
}

/** The organization's fallback address, in the organization's language; null when none is set. */
export function fallbackOf(told: {
  fallbackEmail: string | null;
  organization: { language: Language };
}): Recipient | null {
  return told.fallbackEmail === null
    ? null
    : { memberId: null, name: null, email: told.fallbackEmail, language: told.organization.language, isExtra: false };
}

/** Two spellings of one address are the same recipient. */
export function addressKey(email: string): string {
  return email.trim().toLowerCase();
}
