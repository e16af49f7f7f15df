import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { noticeKindsForReviewers, type NoticeKind, type noticeStatuses } from '@tenure/contracts';
import { memberReads, ofOrganization, serviceDoesAll } from './policies.js';

type NoticeStatus = (typeof noticeStatuses)[number];

/** Something that people are told by e-mail, once. */
export const Notice = defineEntity({
  name: 'Notice',
  tableName: 'notices',
  properties: {
    noticeId: p.uuid().primary(),
    /** What it is about and its kind: a second request with the same key changes nothing. */
    key: p.text().unique(),
    kind: p.text().$type<NoticeKind>(),
    /** A reminder's offset before `expiresOn`. */
    offset: p.text().strictNullable(),
    organizationId: p.uuid(),
    accountId: p.uuid().strictNullable(),
    applicationId: p.uuid().strictNullable(),
    termNumber: p.integer().strictNullable(),
    /** In the account's clock. */
    dueAt: p.datetime(),
    status: p.text().$type<NoticeStatus>(),
    reason: p.text().strictNullable(),
    /** How far the account's clock was ahead when licensing was last asked; 0 outside the sandbox. */
    clockAheadSeconds: p.integer(),
    requestedAt: p.datetime(),
    endedAt: p.datetime().strictNullable(),
    /** It goes before those that can wait. */
    urgent: p.boolean().default(true),
    /** Its e-mails go in no batch: one with them was refused, or could not be made, or one of them is sent again. */
    alone: p.boolean().default(false),
    /** The sender that works on it; null when nobody does. */
    claimId: p.uuid().strictNullable(),
    /** The end of that one's lease. In no index, as little as what else changes while it is sent: so its row stays where it is. */
    claimedUntil: p.datetime().strictNullable(),
    /** When a sender may take it. */
    attemptAt: p.datetime(),
    /** The open dispatch that its e-mails are in, which is settled first; null when there is none. */
    dispatchId: p.uuid().strictNullable(),
    /** When it is to be seen whether anybody was reached; null when that is not in doubt. */
    reachAt: p.datetime().strictNullable(),
    /** Attempts in a row that came to nothing, for the back-off. */
    failures: p.integer(),
  },
  indexes: [
    {
      name: 'notices_due',
      columns: [{ name: 'urgent', sort: 'desc' }, { name: 'attempt_at' }],
      where: "status = 'planned'",
    },
    { name: 'notices_to_reach', properties: ['reachAt'], where: 'reach_at is not null' },
    { name: 'notices_of_account', properties: ['accountId', 'requestedAt'] },
    { name: 'notices_of_application', properties: ['applicationId'], where: 'application_id is not null' },
  ],
  policies: [
    serviceDoesAll,
    // What reviewers are told about an organization's application, and their addresses, are not the organization's.
    memberReads([ofOrganization, ...noticeKindsForReviewers.map((kind) => `kind <> '${kind}'`)].join(' and ')),
  ],
  rowLevelSecurity: 'force',
});
export type NoticeRow = InferEntity<typeof Notice>;
