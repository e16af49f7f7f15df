import type { NamedDelivery, TimelineMomentView } from '@tenure/contracts';

/** One delivery of one notice. */
export interface Email extends Pick<
  TimelineMomentView['deliveries'][number],
  'deliveryId' | 'name' | 'email' | 'status' | 'reason' | 'contentsRemovedAt'
> {
  /** For a reminder, its offset. */
  kind: string;
  /** When it was sent; before that, when it was due. By the account's clock. */
  at: string;
}

/** The deliveries of all moments, newest first. */
export function emailsOf(moments: readonly TimelineMomentView[]): Email[] {
  return moments
    .flatMap(({ kind, at, deliveries }) =>
      deliveries.map(({ deliveryId, name, email, status, reason, sentAt, contentsRemovedAt }) => ({
        kind,
        deliveryId,
        name,
        email,
        status,
        reason,
        contentsRemovedAt,
        at: sentAt ?? at,
      })),
    )
    .sort((a, b) => b.at.localeCompare(a.at) || a.email.localeCompare(b.email));
}

/** A delivery from a search, with what it is about. */
export type FoundEmail = Email & Omit<NamedDelivery, 'kind'>;

/** The deliveries that were found, as e-mails. */
export function foundEmails<P extends { items: NamedDelivery[] }>(page: P) {
  const items = page.items.map(({ kind, ...delivery }): FoundEmail => {
    return { ...delivery, kind: delivery.offset ?? kind, at: delivery.sentAt ?? delivery.dueAt };
  });
  return { ...page, items };
}
