import type { ServiceDatabase } from '@tenure/platform';
import { AuditEntry } from './audit-entry.entity.js';
import { DeliveryEvent } from './delivery-event.entity.js';
import { Delivery } from './delivery.entity.js';
import { Dispatch } from './dispatch.entity.js';
import { DispatchedEmail } from './dispatched-email.entity.js';
import { EmailDomainLeftover } from './email-domain-leftover.entity.js';
import { EmailDomain } from './email-domain.entity.js';
import { Form } from './form.entity.js';
import { Batches } from './migrations/batches.migration.js';
import { ClaimsInPlace } from './migrations/claims-in-place.migration.js';
import { DeliveryEvents } from './migrations/delivery-events.migration.js';
import { ExtraAddresses } from './migrations/extra-addresses.migration.js';
import { FirstMigration } from './migrations/first.migration.js';
import { Forms } from './migrations/forms.migration.js';
import { KeepReceivedFromOrganizations } from './migrations/keep-received-from-organizations.migration.js';
import { OwnDomains } from './migrations/own-domains.migration.js';
import { MarkedAddresses } from './migrations/marked-addresses.migration.js';
import { ReadAudit } from './migrations/read-audit.migration.js';
import { Retries } from './migrations/retries.migration.js';
import { TextsTogether } from './migrations/texts-together.migration.js';
import { UnknownDeliveries } from './migrations/unknown-deliveries.migration.js';
import { MarkedAddress } from './marked-address.entity.js';
import { KeepLostDomainsFromOrganizations } from './migrations/keep-lost-domains-from-organizations.migration.js';
import { Notice } from './notice.entity.js';
import { Turn } from './turn.entity.js';

/** The service's part of the database. */
export const notificationsDatabase = {
  service: 'notifications',
  entities: [
    AuditEntry,
    Delivery,
    DeliveryEvent,
    Dispatch,
    DispatchedEmail,
    EmailDomain,
    EmailDomainLeftover,
    Form,
    MarkedAddress,
    Notice,
    Turn,
  ],
  migrations: [
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
  ],
} satisfies ServiceDatabase;
