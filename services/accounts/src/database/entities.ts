import { Account } from './account.js';
import { Application } from './application.js';
import { AuditEntry } from './audit.js';
import { Contract } from './contract.js';
import { Decision } from './decision.js';
import { ExtraAddresses } from './extra-addresses.js';
import { Member } from './member.js';
import { Organization } from './organization.js';
import { Sector } from './sector.js';

/**
 * Tables without an entity: `account_names` and `undone_steps`, which are only ever claimed by one statement, and
 * `searched`, which triggers keep.
 */
export const entities = [
  Account,
  Application,
  AuditEntry,
  Contract,
  Decision,
  ExtraAddresses,
  Member,
  Organization,
  Sector,
];
