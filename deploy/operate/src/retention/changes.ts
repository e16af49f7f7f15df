import { removedAddress } from './removed-address.js';

/** SQL for a reason that is one of our codes, not the provider's words: these may quote the address. */
const isCode = (reason: string) => `${reason} ~ '^[a-z][a-z0-9_]*$'`;

/** SQL condition for audit entries `r` with the provider's words. A resolution has Customer Success's reason. */
const hasWords = `(r.action <> 'delivery.resolved' and not ${isCode(`coalesce(r.details ->> 'reason', 'none')`)})`;

/**
 * SQL condition for notices `n` whose contents are removed: it is certain that nothing more is sent, and nothing has
 * changed since `before`.
 */
export function isOver(before: string): string {
  return `n.status <> 'planned' and n.ended_at < ${before} and n.reach_at is null
    and exists (select from notifications.deliveries d where d.notice_id = n.notice_id and d.contents_removed_at is null)
    and not exists (
      select from notifications.deliveries d where d.notice_id = n.notice_id and (
        d.status in ('planned', 'unknown') or d.retry_at is not null
        or exists (select from notifications.dispatched_emails e join notifications.dispatches x using (dispatch_id)
          where e.delivery_id = d.delivery_id and (x.ended_at is null or x.ended_at >= ${before}))
        or exists (select from notifications.delivery_events v
          where v.delivery_id = d.delivery_id and v.recorded_at >= ${before})))`;
}

/** SQL condition for notices `n` that ended before, but with an e-mail of which nobody knows whether it was sent. */
export function isUnclear(before: string): string {
  return `n.status <> 'planned' and n.ended_at < ${before} and exists (
    select from notifications.deliveries d where d.notice_id = n.notice_id and d.status = 'unknown')`;
}

/** What is removed from the rows `r` of one table. */
export interface Change {
  table: string;
  /** SQL condition. `old` has the notices, `told` their deliveries. */
  where: string;
  /** SQL for the new values. */
  set: string;
}

/** The deliveries come last, since the others are found by them. */
export const changes: readonly Change[] = [
  {
    table: 'notifications.dispatches',
    where: `r.filled is not null and r.dispatch_id in (select e.dispatch_id from notifications.dispatched_emails e
      where e.delivery_id in (select delivery_id from told))`,
    // E-mails to others in the same request keep their lines, at their places.
    set: `filled = (
      select case when bool_and(line = '') then null else string_agg(line, chr(10) order by place) end from (
        select place, case when exists (select from notifications.dispatched_emails e
            where e.dispatch_id = r.dispatch_id and e.position = place - 1 and e.delivery_id in (select delivery_id from told))
          then '' else stored end as line
        from string_to_table(r.filled, chr(10)) with ordinality as lines(stored, place)) as kept)`,
  },
  {
    table: 'notifications.dispatched_emails',
    where: 'r.delivery_id in (select delivery_id from told)',
    set: 'filled = null, request = null',
  },
  {
    table: 'notifications.delivery_events',
    // What Customer Success gave as its reason stays, like everything that people wrote.
    where: `r.delivery_id in (select delivery_id from told) and r.words is not null and r.kind not in ('confirmed', 'sent_again')`,
    set: 'words = null',
  },
  {
    table: 'notifications.marked_addresses',
    where: 'r.delivery_id in (select delivery_id from told) and r.words is not null',
    set: 'words = null',
  },
  {
    table: 'notifications.audit',
    where: `r.subject in (select delivery_id::text from told union all select notice_id::text from old)
      and r.action !~ '^address[.]' and (r.details ? 'email' or ${hasWords})`,
    set: `details = r.details - 'email' - case when ${hasWords} then array['reason'] else array[]::text[] end`,
  },
  {
    table: 'notifications.notices',
    where: `r.notice_id in (select notice_id from old) and not ${isCode('r.reason')}`,
    set: 'reason = null',
  },
  {
    table: 'notifications.deliveries',
    where: 'r.delivery_id in (select delivery_id from told)',
    set: `email = ${removedAddress}, name = null, contents_removed_at = now(),
      reason = case when ${isCode('r.reason')} then r.reason end`,
  },
];

/**
 * SQL for the addresses of calendars in reminders of accounts that had expired before, and have not been renewed since.
 */
export function ofExpired(before: string): string {
  return `accounts.calendars r join accounts.accounts a using (account_id)
    where r.created_at < ${before} and a.expires_at < ${before} and a.valid_until < ${before}`;
}

/** SQL condition for audit entries `r` with an address that was marked or cleared before; the first is the index's. */
export function saysAddress(before: string): string {
  return `r.action ~ '^(email_domain|address)[.]' and r.action ~ '^address[.]' and r.at < ${before} and r.details ? 'email'`;
}
