import type { ServiceDatabase } from '@tenure/platform';
import { AuditEntry } from './audit-entry.entity.js';
import { Delivery } from './delivery.entity.js';
import { Dispatch } from './dispatch.entity.js';
import { EmailDomain } from './email-domain.entity.js';
import { FirstMigration } from './migrations/first.migration.js';
import { ReadAudit } from './migrations/read-audit.migration.js';
import { Notice } from './notice.entity.js';

/** The service's part of the database. */
export const notificationsDatabase = {
  service: 'notifications',
  entities: [AuditEntry, Delivery, Dispatch, EmailDomain, Notice],
  migrations: [FirstMigration, ReadAudit],
} satisfies ServiceDatabase;
