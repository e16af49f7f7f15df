import type { DeliverySummary, NamedDelivery } from '@tenure/contracts';
import type { Columns } from '../downloads/table.js';

type Row = Omit<DeliverySummary, 'accountId' | 'organizationId' | 'key' | 'providerId'>;

const email: Columns<Row> = {
  kind: ({ kind, offset }) => offset ?? kind,
  name: ({ name }) => name,
  email: ({ email }) => email,
  dueAt: ({ dueAt }) => dueAt,
  sentAt: ({ sentAt }) => sentAt,
  status: ({ status }) => status,
  reason: ({ reason }) => reason,
  termNumber: ({ termNumber }) => termNumber,
  applicationId: ({ applicationId }) => applicationId,
};

/** Last, because it came later: a program may read columns by position. */
const sinceThen: Columns<Row> = {
  contentsRemovedAt: ({ contentsRemovedAt }) => contentsRemovedAt ?? null,
};

/** The columns of the list of an account's e-mails. */
export const emailColumns: Columns<Row> = { ...email, ...sinceThen };

/** The columns of the other lists, which also say what each e-mail is about. */
export const deliveryColumns: Columns<NamedDelivery> = {
  ...email,
  accountId: ({ accountId }) => accountId,
  organizationId: ({ organizationId }) => organizationId,
  deliveryId: ({ deliveryId }) => deliveryId,
  accountName: ({ about }) => about?.accountName ?? null,
  organizationName: ({ about }) => about?.organizationName ?? null,
  ...sinceThen,
};
