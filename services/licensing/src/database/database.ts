import type { ServiceDatabase } from '@tenure/platform/database';
import { Allocation } from './allocation.entity.js';
import { AuditEntry } from './audit-entry.entity.js';
import { Entitlement } from './entitlement.entity.js';
import { License } from './license.entity.js';
import { migrations } from './migrations/index.js';
import { PolicyChange } from './policy-change.entity.js';
import { ReminderPolicy } from './reminder-policy.entity.js';
import { Renewal } from './renewal.entity.js';
import { Step } from './step.entity.js';
import { Subscription } from './subscription.entity.js';
import { Term } from './term.entity.js';

/** The service's part of the database. */
export const licensingDatabase = {
  service: 'licensing',
  entities: [
    Allocation,
    AuditEntry,
    Entitlement,
    License,
    PolicyChange,
    ReminderPolicy,
    Renewal,
    Step,
    Subscription,
    Term,
  ],
  migrations,
} satisfies ServiceDatabase;
