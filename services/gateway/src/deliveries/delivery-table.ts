import type { DeliverySummary } from '@tenure/contracts';
import type { Columns } from '../downloads/table.js';

/** What the lists of e-mails show, and what each is about. */
export const deliveryColumns: Columns<DeliverySummary> = {
  kind: ({ kind, offset }) => offset ?? kind,
  name: ({ name }) => name,
  email: ({ email }) => email,
  dueAt: ({ dueAt }) => dueAt,
  sentAt: ({ sentAt }) => sentAt,
  status: ({ status }) => status,
  reason: ({ reason }) => reason,
  termNumber: ({ termNumber }) => termNumber,
  applicationId: ({ applicationId }) => applicationId,
  accountId: ({ accountId }) => accountId,
  organizationId: ({ organizationId }) => organizationId,
  deliveryId: ({ deliveryId }) => deliveryId,
};
