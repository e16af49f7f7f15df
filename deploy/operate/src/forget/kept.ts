import { escapeLiteral } from 'pg';
import { Stop } from '@tenure/platform/command/stop';
import { dispatchWithout, lineWithout, requestWithout } from './emails.js';
import { keyOf, literally, Replacement, type Person } from './replace.js';

/** Rows of one table that name a person, and their replacement. */
export interface Kept {
  /** Includes the schema. */
  table: string;
  key: readonly string[];
  /** SQL before the select, if `columns` need it. */
  with?: string;
  /** SQL for the columns read from a row `r`, besides its key; columns that `change` returns are written. */
  columns: Readonly<Record<string, string>>;
  /** SQL condition for the rows `r`. It may match too many, since unchanged rows are not written. */
  where: string;
  /** @throws Stop while the row must not change */
  change(row: Row): Readonly<Record<string, unknown>> | 'delete';
}

// oxlint-disable-next-line typescript/no-explicit-any
type Row = Record<string, any>;

/** Everything that names a person by design, in the order of replacement: e-mails are found by their deliveries. */
export function keptOf(person: Person): Kept[] {
  const { memberId, addresses, sharedAddresses, names, pseudonym } = person;
  const replacement = new Replacement(person);
  const keys = addresses.map(keyOf);
  const anywhere = keys.filter((key) => !sharedAddresses.includes(key));
  const id = `${memberId === null ? 'null' : escapeLiteral(memberId)}::uuid`;
  const says = (text: string) => hasOneOf(text, anywhere);
  const isTo = (email: string) => `coalesce(lower(trim(${email})) = any(${textArray(anywhere)}), false)`;
  const has = (text: string) => (memberId === null ? 'false' : hasOneOf(text, [memberId]));
  const theirDeliveries = `select delivery_id from notifications.deliveries where member_id = ${id}`;

  /**
   * For each e-mail of a dispatch: whether it is to the person, whether it is about what they did, and the names in it
   * that stay, because they are those of the organization, the account and the customer.
   */
  const email = `jsonb_build_object('position', e.position,
      'isTheirs', coalesce(v.member_id = ${id}, false) or ${isTo('v.email')},
      'isAboutThem', coalesce(n.application_id in (select application_id from done) or n.account_id in (select account_id from done), false),
      'kept', jsonb_build_array(o.name, a.account_name, a.customer_name, p.account_name, p.customer_name))`;
  const done = `with done as materialized (
      select application_id, account_id from accounts.applications where member_id = ${id} or withdrawn_by = ${id}
      union all select application_id, account_id from accounts.decisions d join accounts.applications using (application_id)
      where d.member_id = ${id})`;
  const about = `notifications.deliveries v join notifications.notices n using (notice_id)
      left join accounts.organizations o on o.organization_id = n.organization_id
      left join accounts.accounts a on a.account_id = n.account_id
      left join accounts.applications p on p.application_id = n.application_id`;
  const named = (text: string) => hasOneOf(text, [...keys, ...names.map((name) => JSON.stringify(name).slice(1, -1))]);

  return [
    {
      table: 'notifications.dispatches',
      key: ['dispatch_id'],
      with: done,
      columns: {
        filled: 'r.filled',
        is_open: 'r.ended_at is null',
        emails: `(select jsonb_agg(${email} order by e.position)
          from notifications.dispatched_emails e join ${about} on v.delivery_id = e.delivery_id
          where e.dispatch_id = r.dispatch_id)`,
      },
      where: named('r.filled'),
      change: ({ filled, is_open: isOpen, emails }) => {
        const changed = dispatchWithout(filled, emails ?? [], replacement);
        if (isOpen && changed !== filled) throw stillUnderWay();
        return { filled: changed };
      },
    },
    {
      table: 'notifications.dispatched_emails',
      key: ['dispatch_id', 'position'],
      with: done,
      columns: {
        filled: 'r.filled',
        request: 'r.request',
        is_open: `r.status = 'open'`,
        email: `(select ${email.replaceAll('e.position', 'r.position')} from ${about} where v.delivery_id = r.delivery_id)`,
      },
      where: `${named('r.filled')} or ${named('r.request')}`,
      change: ({ filled, request, is_open: isOpen, email: whose }) => {
        const changed = {
          filled: filled && lineWithout(filled, whose, replacement),
          request: request && requestWithout(request, whose, replacement),
        };
        if (isOpen && (changed.filled !== filled || changed.request !== request)) throw stillUnderWay();
        return changed;
      },
    },
    {
      table: 'notifications.delivery_events',
      key: ['delivery_event_id'],
      columns: {
        organization_id: 'r.organization_id',
        words: 'r.words',
        is_theirs: `r.delivery_id in (${theirDeliveries})`,
      },
      where: `r.words is not null and (r.delivery_id in (${theirDeliveries}) or ${says('r.words')})`,
      change: ({ words, is_theirs: isTheirs }) => ({ words: replacement.address(words, { isTheirs }) }),
    },
    {
      table: 'notifications.audit',
      key: ['audit_id'],
      columns: {
        organization_id: 'r.organization_id',
        details: 'r.details',
        is_theirs: `r.subject in (select delivery_id::text from (${theirDeliveries}) as theirs)`,
      },
      where: `r.subject in (select delivery_id::text from (${theirDeliveries}) as theirs) or ${says('r.details::text')}`,
      change: ({ details, is_theirs: isTheirs }) => ({ details: replacement.json(details, { isTheirs }) }),
    },
    // These rows only keep e-mails from an address; its bounces, and that it was cleared, are in the audit trail.
    ...['marked_addresses', 'cleared_addresses'].map((name): Kept => ({
      table: `notifications.${name}`,
      key: ['organization_id', 'address'],
      columns: {},
      where: isTo('r.address'),
      change: () => 'delete',
    })),
    {
      table: 'notifications.marked_addresses',
      key: ['organization_id', 'address'],
      columns: { words: 'r.words' },
      where: says('r.words'),
      change: ({ words }) => ({ words: replacement.address(words, { isTheirs: false }) }),
    },
    {
      table: 'notifications.notices',
      key: ['notice_id'],
      columns: { organization_id: 'r.organization_id', reason: 'r.reason' },
      where: says('r.reason'),
      change: ({ reason }) => ({ reason: replacement.address(reason, { isTheirs: false }) }),
    },
    {
      table: 'notifications.deliveries',
      key: ['delivery_id'],
      columns: {
        ...{
          organization_id: 'r.organization_id',
          email: 'r.email',
          name: 'r.name',
          reason: 'r.reason',
          status: 'r.status',
        },
        is_theirs: `coalesce(r.member_id = ${id}, false)`,
        is_to_them: `coalesce(r.member_id = ${id}, false) or ${isTo('r.email')}`,
      },
      where: `r.member_id = ${id} or ${isTo('r.email')} or ${says('r.reason')}`,
      change: ({ email: to, name, reason, status, is_theirs: isTheirs, is_to_them: isToThem }) => {
        if (isToThem && status === 'planned') throw stillUnderWay();
        return {
          email: replacement.address(to, { isTheirs }),
          name: isTheirs && name !== null ? pseudonym.name : name,
          reason: reason && replacement.address(reason, { isTheirs }),
        };
      },
    },
    {
      table: 'accounts.applications',
      key: ['application_id'],
      columns: {
        ...{ organization_id: 'r.organization_id', applicant_name: 'r.applicant_name', failure: 'r.failure' },
        withdrawn_by_name: 'r.withdrawn_by_name',
        has_applied: `coalesce(r.member_id = ${id}, false)`,
        has_withdrawn: `coalesce(r.withdrawn_by = ${id}, false)`,
      },
      where: `r.member_id = ${id} or r.withdrawn_by = ${id} or ${says('r.failure::text')}`,
      change: ({ has_applied: hasApplied, has_withdrawn: hasWithdrawn, failure, ...before }) => ({
        applicant_name: hasApplied ? pseudonym.name : before.applicant_name,
        withdrawn_by_name: hasWithdrawn ? pseudonym.name : before.withdrawn_by_name,
        failure: replacement.members(failure),
      }),
    },
    {
      table: 'accounts.decisions',
      key: ['decision_id'],
      columns: {
        ...{ organization_id: 'r.organization_id', member_name: 'r.member_name', problem: 'r.problem' },
        has_decided: `coalesce(r.member_id = ${id}, false)`,
      },
      where: `r.member_id = ${id} or ${has('r.problem::text')} or ${says('r.problem::text')}`,
      change: ({ has_decided: hasDecided, member_name: before, problem }) => ({
        member_name: hasDecided ? pseudonym.name : before,
        problem: replacement.members(problem),
      }),
    },
    {
      table: 'accounts.audit',
      key: ['entry_id'],
      columns: { organization_id: 'r.organization_id', details: 'r.details' },
      where: `${has('r.details::text')} or ${says('r.details::text')}`,
      change: ({ details }) => ({ details: replacement.members(details) }),
    },
    {
      table: 'accounts.members',
      key: ['member_id'],
      columns: {
        ...{ organization_id: 'r.organization_id', name: 'r.name', email: 'r.email', subject: 'r.subject' },
      },
      where: `r.member_id = ${id}`,
      change: () => ({ name: pseudonym.name, email: pseudonym.email, subject: pseudonym.subject }),
    },
  ];
}

function stillUnderWay(): Stop {
  return new Stop(
    'An e-mail that names them is still being sent and must not change, so nothing was changed. Try again once it is settled, within a day at most (docs/operations/email-unknown.md).',
  );
}

/** One regular expression, which is faster than several `like` patterns. */
function hasOneOf(text: string, parts: readonly string[]): string {
  if (parts.length === 0) return 'false';
  return `coalesce(${text} ~* ${escapeLiteral(parts.map(literally).join('|'))}, false)`;
}

function textArray(texts: readonly string[]): string {
  return `array[${texts.map((text) => escapeLiteral(text)).join(', ')}]::text[]`;
}
