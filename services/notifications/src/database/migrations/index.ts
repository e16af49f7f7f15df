import type { Migrations } from '@tenure/platform/database';
import { AuditOfAccount } from './audit-of-account.js';
import { Batches } from './batches.js';
import { ClaimsInPlace } from './claims-in-place.js';
import { ClearedAddresses } from './cleared-addresses.js';
import { DeliveryEvents } from './delivery-events.js';
import { ExtraAddresses } from './extra-addresses.js';
import { FindDeliveries } from './find-deliveries.js';
import { FirstMigration } from './first.js';
import { Forms } from './forms.js';
import { KeepLostDomainsFromOrganizations } from './keep-lost-domains-from-organizations.js';
import { KeepReviewersNotices } from './keep-reviewers-notices.js';
import { KeepReceivedFromOrganizations } from './keep-received-from-organizations.js';
import { MarkedAddresses } from './marked-addresses.js';
import { OrganizationAudit } from './organization-audit.js';
import { OwnDomains } from './own-domains.js';
import { ReadAudit } from './read-audit.js';
import { RemoveContents } from './remove-contents.js';
import { Retries } from './retries.js';
import { TextsTogether } from './texts-together.js';
import { UnknownDeliveries } from './unknown-deliveries.js';

/** In the order in which they are applied. */
export const migrations: Migrations = [
  FirstMigration,
  ReadAudit,
  DeliveryEvents,
  OwnDomains,
  KeepReceivedFromOrganizations,
  Batches,
  UnknownDeliveries,
  MarkedAddresses,
  KeepLostDomainsFromOrganizations,
  ExtraAddresses,
  Forms,
  Retries,
  ClaimsInPlace,
  TextsTogether,
  KeepReviewersNotices,
  ClearedAddresses,
  FindDeliveries,
  OrganizationAudit,
  RemoveContents,
  AuditOfAccount,
];
