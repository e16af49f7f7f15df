import type { ServiceDatabase } from '@tenure/platform/database';
import { Account } from './account.entity.js';
import { Application } from './application.entity.js';
import { AuditEntry } from './audit-entry.entity.js';
import { Contract } from './contract.entity.js';
import { Decision } from './decision.entity.js';
import { ExtraAddresses } from './extra-addresses.entity.js';
import { Member } from './member.entity.js';
import { Organization } from './organization.entity.js';
import { migrations } from './migrations/index.js';
import { Sector } from './sector.entity.js';

/** The service's part of the database. */
export const accountsDatabase = {
  service: 'accounts',
  /**
   * Tables without an entity, which only SQL statements use: `account_names`, `undone_steps`, `retired_email_domains`,
   * `calendars` and `calendar_revocations`; and `searched`, which triggers maintain.
   */
  entities: [Account, Application, AuditEntry, Contract, Decision, ExtraAddresses, Member, Organization, Sector],
  migrations,
} satisfies ServiceDatabase;
