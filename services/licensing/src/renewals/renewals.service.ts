import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { validUntilOf } from '@tenure/lifecycle';
import { Database } from '@tenure/platform';
import { findLocked, type ContractRecord } from '../contract/load-contract.js';
import { recordAudit } from '../database/audit.js';
import { Term } from '../database/term.entity.js';
import type { Contract } from '../domain/contract.js';
import { pendingRenewal, stoppedAt, type Renewal } from '../domain/renewals.js';
import { changeEntitlement } from '../entitlements/change-entitlement.js';
import { Settings } from '../settings.js';
import { mergeRenewalEvent, type RenewalEvent } from './merge-renewal-event.js';

/**
 * Applies accounts' events about renewals: while a renewal that was sent in time is pending, the account keeps working.
 */
@Injectable()
export class RenewalsService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** Processes one event. A repeated event, or one older than what is known, changes nothing. */
  hear(heard: RenewalEvent): Promise<void> {
    return this.database.asService(async (em) => {
      const record = await findLocked(em, heard.accountId, this.settings);
      const known = await mergeRenewalEvent(em, heard);
      if (record !== null) await adjust(em, record, known);
    });
  }
}

/** Recalculates `validUntil` from the renewals that are pending now. */
async function adjust(em: EntityManager, record: ContractRecord, known: Renewal): Promise<void> {
  const { accountId, organizationId, contract: before } = record;
  const others = record.renewals.filter(({ applicationId }) => applicationId !== known.applicationId);
  const renewalSubmittedAt = pendingRenewal([...others, known])?.submittedAt ?? null;
  const after: Contract = { ...before, renewalSubmittedAt };
  const validUntil = { before: validUntilOf(before), after: validUntilOf(after) };
  const isUnchanged =
    validUntil.before.getTime() === validUntil.after.getTime() &&
    (before.renewalSubmittedAt === null) === (renewalSubmittedAt === null);
  if (isUnchanged) return;

  const stopped = stoppedAt({
    validUntilBefore: validUntil.before,
    validUntilAfter: validUntil.after,
    now: record.now,
  });
  const term = { accountId, number: before.term.number };
  if (stopped !== null) await em.nativeUpdate(Term, term, { stoppedAt: stopped });
  // The renewal was received after the expiry was recorded; the expiry has to be recorded again later.
  if (validUntil.after > record.now) await em.nativeUpdate(Term, term, { expiredAt: null });
  const cause = { applicationId: known.applicationId };
  await changeEntitlement(em, record, after, { cause });
  await recordAudit(em, {
    action: known.hasEnded ? 'renewal.ended' : 'renewal.pending',
    accountId,
    organizationId,
    cause,
    before: { validUntil: validUntil.before.toISOString() },
    after: { validUntil: validUntil.after.toISOString() },
  });
}
