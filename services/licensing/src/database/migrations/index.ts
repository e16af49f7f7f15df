import type { Migrations } from '@tenure/platform/database';
import { CountKept } from './count-kept.js';
import { FindLateExpiries } from './find-late-expiries.js';
import { First } from './first.js';
import { Import } from './import.js';
import { OrganizationAudit } from './organization-audit.js';
import { PolicyChanges } from './policy-changes.js';
import { ReadAudit } from './read-audit.js';

/** In the order in which they are applied. */
export const migrations: Migrations = [
  First,
  ReadAudit,
  Import,
  PolicyChanges,
  OrganizationAudit,
  CountKept,
  FindLateExpiries,
];
