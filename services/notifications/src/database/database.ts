import type { ServiceDatabase } from '@tenure/platform/database';
import { AuditEntry } from './audit-entry.entity.js';
import { ClearedAddress } from './cleared-address.entity.js';
import { DeliveryEvent } from './delivery-event.entity.js';
import { Delivery } from './delivery.entity.js';
import { Dispatch } from './dispatch.entity.js';
import { DispatchedEmail } from './dispatched-email.entity.js';
import { EmailDomainLeftover } from './email-domain-leftover.entity.js';
import { EmailDomain } from './email-domain.entity.js';
import { Form } from './form.entity.js';
import { MarkedAddress } from './marked-address.entity.js';
import { migrations } from './migrations/index.js';
import { Notice } from './notice.entity.js';
import { Turn } from './turn.entity.js';

/** The service's part of the database. */
export const notificationsDatabase = {
  service: 'notifications',
  entities: [
    AuditEntry,
    ClearedAddress,
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
  migrations,
} satisfies ServiceDatabase;
