import { Allocation } from './allocation.entity.js';
import { AuditEntry } from './audit-entry.entity.js';
import { Entitlement } from './entitlement.entity.js';
import { License } from './license.entity.js';
import { PolicyChange } from './policy-change.entity.js';
import { ReminderPolicy } from './reminder-policy.entity.js';
import { Renewal } from './renewal.entity.js';
import { Step } from './step.entity.js';
import { Subscription } from './subscription.entity.js';
import { Term } from './term.entity.js';
import { First } from './migrations/first.js';
import { Import } from './migrations/import.js';
import { PolicyChanges } from './migrations/policy-changes.js';
import { ReadAudit } from './migrations/read-audit.js';

export const entities = [
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
];
export const migrations = [First, ReadAudit, Import, PolicyChanges];
