import type { Migrations } from '@tenure/platform/database';
import { AuditAsItIsRead } from './audit-as-it-is-read.js';
import { AuditOfNone } from './audit-of-none.js';
import { CalendarRevocations } from './calendar-revocations.js';
import { Calendars } from './calendars.js';
import { CreateAccounts } from './create-accounts.js';
import { DateInUnknownZone } from './date-in-unknown-zone.js';
import { ExtraAddresses } from './extra-addresses.js';
import { FindDecided } from './find-decided.js';
import { FindOrganizations } from './find-organizations.js';
import { FindQuickly } from './find-quickly.js';
import { FindUnfinished } from './find-unfinished.js';
import { FoldCase } from './fold-case.js';
import { FollowAccounts } from './follow-accounts.js';
import { Import } from './import.js';
import { KeptWorking } from './kept-working.js';
import { NamesInOrder } from './names-in-order.js';
import { NoticeWishes } from './notice-wishes.js';
import { OneWithdrawalPerKey } from './one-withdrawal-per-key.js';
import { OrganizationAudit } from './organization-audit.js';
import { OrganizationLogo } from './organization-logo.js';
import { OrganizationVersion } from './organization-version.js';
import { ReadAudit } from './read-audit.js';
import { RemoveMembers } from './remove-members.js';
import { RevokeCalendars } from './revoke-calendars.js';
import { SearchApart } from './search-apart.js';
import { SearchByLetter } from './search-by-letter.js';
import { SearchInParts } from './search-in-parts.js';
import { SearchWithoutAccents } from './search-without-accents.js';
import { RetireEmailDomains } from './retire-email-domains.js';
import { SignOutEverywhere } from './sign-out-everywhere.js';

/** In the order in which they are applied. */
export const migrations: Migrations = [
  CreateAccounts,
  FollowAccounts,
  ReadAudit,
  Import,
  FindQuickly,
  OrganizationLogo,
  SearchApart,
  RetireEmailDomains,
  Calendars,
  NoticeWishes,
  ExtraAddresses,
  SearchInParts,
  SearchByLetter,
  SearchWithoutAccents,
  OrganizationVersion,
  RevokeCalendars,
  KeptWorking,
  RemoveMembers,
  OneWithdrawalPerKey,
  FindUnfinished,
  CalendarRevocations,
  AuditOfNone,
  FindDecided,
  SignOutEverywhere,
  OrganizationAudit,
  NamesInOrder,
  AuditAsItIsRead,
  DateInUnknownZone,
  FoldCase,
  FindOrganizations,
];
