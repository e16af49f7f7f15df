import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { accountStates } from '../licensing/contract.js';
import { request } from '../message.js';
import {
  calendarDate,
  code,
  country,
  cursor,
  datapoints,
  instant,
  limit,
  pageOf,
  rtcLines,
  searchText,
  timeZone,
  uuid,
} from '../values.js';
import { applicationTypes } from './application.js';

export const accountView = z.object({
  accountId: uuid,
  organizationId: uuid,
  organizationName: z.string(),
  accountName: z.string(),
  customerName: z.string(),
  sector: code,
  country,
  timeZone,
  emailDomain: z.string().nullable(),
  comment: z.string(),
  license: code,
  rtcLines,
  contracted: datapoints,
  used: datapoints,
  left: datapoints,
  /** First day of the current term. */
  firstDay: calendarDate,
  expiresOn: calendarDate,
  expiresAt: instant,
  /** `expiresAt`, or later while a renewal is pending. */
  validUntil: instant,
  /** Days from today in the account's zone and clock to `expiresOn`; 0 on the last day, negative after. */
  daysLeft: z.int(),
  state: z.enum(accountStates),
  pending: z.array(z.object({ applicationId: uuid, type: z.enum(applicationTypes), submittedAt: instant })),
  /** Sandbox: how far this account's clock is ahead of the wall clock; 0 elsewhere. */
  clockAheadSeconds: z.int(),
  createdAt: instant,
});
export type AccountView = z.infer<typeof accountView>;

export const zones = ['active', 'expired'] as const;
export const accountSorts = ['expires_on', 'account_name', 'left'] as const;

export const accountFilter = z.strictObject({
  zone: z.enum(zones).default('active'),
  /** Defaults: active expires soonest first, expired latest first. */
  sort: z.enum(accountSorts).default('expires_on'),
  order: z.enum(['asc', 'desc']).optional(),
  /** Each word matches part of the account's or the customer's name, ignoring case and accents. */
  text: searchText,
  license: code.optional(),
  /** Active accounts whose last day is at most this many days away. */
  expiresWithinDays: z.int().min(0).max(366).optional(),
  /** Only those with (or without) a pending application. */
  pending: z.boolean().optional(),
  /** Only those with (or without) a pending renewal. An account without one expires, whatever else is pending. */
  renewalPending: z.boolean().optional(),
  organizationId: uuid.optional(),
});

/** For the console: one page of a zone. */
export const listZone = request(
  'accounts.zone.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema, ...accountFilter.shape, cursor, limit }),
  pageOf(accountView),
);

/** For the console: one account. @throws not_found, also for an account of another organization */
export const showAccount = request(
  'accounts.account.show',
  ['gateway'],
  z.strictObject({ actor: actorSchema, accountId: uuid }),
  accountView,
);

/** The names of the active accounts of the actor's organization, for every member, including those without a role. */
export const listAccountNames = request(
  'accounts.account.names',
  ['gateway'],
  z.strictObject({ actor: actorSchema, cursor, limit }),
  pageOf(z.object({ accountId: uuid, accountName: z.string() })),
);

/**
 * Sandbox: sets how far the clock of the account and of its pending applications is ahead; the clock never moves back.
 * Returns the applications whose workflows have to be moved along.
 */
export const setAccountClock = request(
  'accounts.clock.set',
  ['gateway'],
  z.strictObject({ actor: actorSchema, accountId: uuid, aheadSeconds: z.int().min(0).max(2_000_000_000) }),
  z.object({ aheadSeconds: z.int(), pendingApplications: z.array(uuid) }),
);

/**
 * Rebuilds the projection of one batch of accounts from what licensing holds now, whatever was there before. Safe while
 * events arrive: a newer one is kept. @throws unavailable while licensing cannot be reached
 */
export const rebuildContracts = request(
  'accounts.contract.rebuild',
  ['operator'],
  z.strictObject({
    /** The last account of the previous batch; null for the first. */
    after: uuid.nullable(),
    limit: z.int().min(1).max(1_000).default(500),
  }),
  z.object({
    /** How many accounts licensing returned. */
    read: z.int(),
    /** How many of them were missing or differed. */
    mended: z.int(),
    next: uuid.nullable(),
  }),
);
