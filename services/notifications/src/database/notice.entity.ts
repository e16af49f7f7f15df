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
    /** Names its subject and kind: a second request with the same key changes nothing. */
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
    /** It is sent before notices that can wait. */
    urgent: p.boolean().default(true),
    /**
     * Its e-mails are not batched: one with them was refused, or could not be written, or one of them is sent again.
     */
    alone: p.boolean().default(false),
    /** The sender that holds it; null when none does. */
    claimId: p.uuid().strictNullable(),
    /**
     * When that sender's lease expires. Not indexed, like all columns that change while the notice is sent, so that its
     * row can be updated in place.
     */
    claimedUntil: p.datetime().strictNullable(),
    /** When a sender may claim it. */
    attemptAt: p.datetime(),
    /** The open dispatch with its e-mails, which is settled first; null when there is none. */
    dispatchId: p.uuid().strictNullable(),
    /** When to check whether anybody was reached; null when that is not in doubt. */
    reachAt: p.datetime().strictNullable(),
    /** Consecutive failed attempts, for the backoff. */
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
    // Notices to reviewers about an organization's application, and the reviewers' addresses, are not visible to the
    // organization.
    memberReads([ofOrganization, ...noticeKindsForReviewers.map((kind) => `kind <> '${kind}'`)].join(' and ')),
  ],
  rowLevelSecurity: 'force',
});
export type NoticeRow = InferEntity<typeof Notice>;
