import type { EntityManager } from '@mikro-orm/postgresql';
import type { ReminderPolicy, Term } from '@tenure/lifecycle';
import { queryRows } from '@tenure/platform';
import type { Dates } from '../domain/contract.js';
import type { EarlierTerm } from '../domain/timeline.js';
import { policyAsJson } from '../policies/newest-policy.js';

type EndedTerm = EarlierTerm & Pick<Dates, 'stoppedAt'>;

/** An account's terms before the last one, oldest first, each with the policy that last planned it. */
export async function earlierTerms(em: EntityManager, accountId: string): Promise<EndedTerm[]> {
  const rows = await queryRows<Row>(
    em,
    `select t.number, t.anchor, t.months_before, t.months, t.stopped_at, ${policyAsJson} as policy,
       coalesce(t.past_when_applied, '{}') as past_when_applied
     from licensing.terms t
     join licensing.subscriptions s on s.account_id = t.account_id
     join licensing.reminder_policies p on p.policy_id = coalesce(t.policy_id, s.policy_id)
     where t.account_id = ? and t.number < (select max(number) from licensing.terms where account_id = t.account_id)
     order by t.number`,
    [accountId],
  );
  return rows.map((row) => ({
    term: { number: row.number, anchor: row.anchor, monthsBefore: row.months_before, months: row.months },
    policy: row.policy,
    pastWhenApplied: row.past_when_applied,
    stoppedAt: row.stopped_at === null ? null : new Date(row.stopped_at),
  }));
}

interface Row extends Pick<Term, 'number' | 'anchor' | 'months'> {
  months_before: number;
  stopped_at: string | null;
  policy: ReminderPolicy;
  past_when_applied: string[];
}
