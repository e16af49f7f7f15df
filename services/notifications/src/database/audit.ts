import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from 'uuidv7';
import { AuditEntry } from './audit-entry.entity.js';

/** Puts on record what happened, in the transaction in which it happens. */
export function recordAudit(
  em: EntityManager,
  entry: {
    at: Date;
    organizationId: string;
    action: string;
    subject: string;
    caller: string;
    details?: Record<string, unknown>;
  },
): void {
  em.persist(em.create(AuditEntry, { auditId: uuidv7(), ...entry, details: entry.details ?? {} }));
}
