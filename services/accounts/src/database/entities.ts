import { Account } from './account.js';
import { Application } from './application.js';
import { AuditEntry } from './audit.js';
import { Contract } from './contract.js';
import { Decision } from './decision.js';
import { Member } from './member.js';
import { Organization } from './organization.js';
import { Sector } from './sector.js';

/** `account_names` and `undone_steps` are tables without an entity: they are only ever claimed by one statement. */
export const entities = [Account, Application, AuditEntry, Contract, Decision, Member, Organization, Sector];
