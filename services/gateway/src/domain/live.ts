import type { Actor, LiveChange, Role } from '@tenure/contracts';

/** A change, its position in the stream, and whom it concerns. */
export interface LiveEvent {
  sequence: number;
  organizationId: string;
  /** Hidden from organizations: only the operator's own people receive it. */
  forReviewersOnly: boolean;
  change: LiveChange;
}

/** An event as a service publishes it; the shape of `data` depends on its type. */
export interface ToldEvent {
  type: string;
  organizationId: string;
  accountId: string | null;
  applicationId: string | null;
  data: unknown;
}

/**
 * What an event means to a page; undefined if no page shows it.
 * @param isForReviewersOnly called with the kind of the event's notice; with an empty string if it has none
 */
export function liveEvent(
  event: ToldEvent,
  sequence: number,
  isForReviewersOnly: (kind: string) => boolean,
): LiveEvent | undefined {
  const { type, organizationId, accountId, applicationId } = event;
  const about = subjectOf(event);
  if (about?.id == null) return undefined;
  const change = { kind: about.kind, id: about.id, accountId, applicationId, what: type };
  const isOfNotice = textIn(event.data, 'noticeId') === about.id;
  const forReviewersOnly = isOfNotice && isForReviewersOnly(textIn(event.data, 'kind') ?? '');
  return { sequence, organizationId, forReviewersOnly, change };
}

/**
 * A SuperAdmin receives the changes of their organization, Customer Success those of all, other members none. These may
 * still open a stream, because it ends when their rights change.
 */
export function mayReceive(
  { organizationId, roles }: Pick<Actor, 'organizationId' | 'roles'>,
  event: LiveEvent,
): boolean {
  if (roles.some((role) => reviewers.includes(role))) return true;
  return roles.includes('super_admin') && event.organizationId === organizationId && !event.forReviewersOnly;
}

const reviewers: readonly Role[] = ['customer_success', 'customer_success_lead'];

function subjectOf(event: ToldEvent): { kind: LiveChange['kind']; id: string | null } | undefined {
  const [service, noun] = event.type.split('.');
  if (noun === 'email-domain') return { kind: 'email_domain', id: textIn(event.data, 'domain') };
  if (noun === 'address') return { kind: 'delivery', id: textIn(event.data, 'deliveryId') };
  if (service === 'notifications') return { kind: 'delivery', id: textIn(event.data, 'noticeId') };
  if (noun === 'application' || noun === 'decision') return { kind: 'application', id: event.applicationId };
  if (noun === 'policy') return { kind: 'policy', id: textIn(event.data, 'organizationId') };
  if (noun === 'organization') return { kind: 'organization', id: textIn(event.data, 'organizationId') };
  if (noun === 'member') return { kind: 'member', id: textIn(event.data, 'memberId') };
  return { kind: 'account', id: event.accountId };
}

function textIn(data: unknown, field: string): string | null {
  const value: unknown =
    typeof data === 'object' && data !== null ? Object.getOwnPropertyDescriptor(data, field)?.value : null;
  return typeof value === 'string' ? value : null;
}
