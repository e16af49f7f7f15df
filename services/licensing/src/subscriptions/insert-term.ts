import { expiresAt, expiresOn, firstDay } from '@tenure/lifecycle';
import type { Change } from '@tenure/platform';
import type { Contract } from '../domain/contract.js';

/** Stores the contract's last term with the dates and the instant that follow from it. */
export function insertTerm(
  { term, timeZone }: Pick<Contract, 'term' | 'timeZone'>,
  stored: { accountId: string; organizationId: string; applicationId: string | null; decidedAt: Date },
): Change {
  const { accountId, organizationId, applicationId, decidedAt } = stored;
  return [
    `insert into licensing.terms (account_id, number, organization_id, time_zone, anchor, months_before, months, first_day,
       expires_on, expires_at, application_id, decided_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    accountId,
    term.number,
    organizationId,
    timeZone,
    term.anchor,
    term.monthsBefore,
    term.months,
    firstDay(term),
    expiresOn(term),
    expiresAt(term, timeZone).toISOString(),
    applicationId,
    decidedAt.toISOString(),
  ];
}
