import type { Actor, Role } from '@tenure/contracts';

/** What an open page is told: that something changed, and what. What it is now, the page asks for. */
export interface LiveChange {
  kind: 'account' | 'application' | 'member' | 'organization' | 'delivery' | 'policy' | 'email_domain';
  id: string;
  accountId: string | null;
  applicationId: string | null;
  /** The event's name, such as `accounts.application.approved`. */
  what: string;
}

/** A change, where it stands in the stream, and whom it concerns. */
export interface LiveEvent {
  sequence: number;
  organizationId: string;
  /** Of what only the operator's own people are told. */
  forReviewersOnly: boolean;
  change: LiveChange;
}

/** As events come from the services; `data` has what its kind of event has. */
export interface ToldEvent {
  type: string;
  organizationId: string;
  accountId: string | null;
  applicationId: string | null;
  data: unknown;
}

/**
 * What an event means to a page; undefined for what no page shows.
 * @param isForReviewersOnly by the kind of the notice that it is of; empty where it says none
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

/** A SuperAdmin hears of the own organization, Customer Success of all; nobody else of anything. Each follows all the same: the stream ends when their rights change. */
export function mayHear({ organizationId, roles }: Pick<Actor, 'organizationId' | 'roles'>, event: LiveEvent): boolean {
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
