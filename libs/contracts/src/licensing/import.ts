import { z } from 'zod';
import { request } from '../message.js';
import {
  calendarDate,
  code,
  contractedDatapoints,
  country,
  growing,
  instant,
  months,
  rtcLines,
  timeZone,
  uuid,
} from '../values.js';
import { contractFacts, refusalSchema } from './contract.js';

/** How many accounts one message of an import or export may be about. */
export const mostImported = 100;

/** The term that holds, as every term is counted: whole months after its anchor. */
export const importedTerm = z.strictObject({
  anchor: calendarDate,
  /** Months from the anchor to the end of the term before; 0 when the term starts on its anchor. */
  monthsBefore: z.int('Enter a whole number.').min(0, 'Enter 0 or more.').max(1_200, 'Too large.').default(0),
  months,
});

const importedSubscription = z.strictObject({
  accountId: uuid,
  organizationId: uuid,
  country,
  timeZone,
  license: code,
  datapoints: contractedDatapoints,
  rtcLines,
  term: importedTerm,
});
export type ImportedSubscription = z.output<typeof importedSubscription>;

/** What becomes of a term's moment once the subscription is there. */
export const importedMoment = z.object({
  /** `P1M`, `P7D`, `P0D` or `expired`. */
  kind: z.string(),
  at: instant,
  becomes: growing(['sent_at_once', 'planned', 'skipped', 'not_applicable']),
});

const judged = z.object({
  accountId: uuid,
  /** It was imported or opened before; nothing changes, whatever is asked for. */
  isThere: z.boolean(),
  refusals: z.array(refusalSchema),
  /** What holds, or would hold; null when it is refused. */
  facts: contractFacts.nullable(),
  firstDay: calendarDate.nullable(),
  /** Of one that is not there yet, and not refused. */
  moments: z.array(importedMoment),
});
export type JudgedSubscription = z.infer<typeof judged>;

const ask = z.strictObject({ subscriptions: z.array(importedSubscription).min(1).max(mostImported) });
const answer = z.object({ items: z.array(judged) });

/** What importing these would mean now, in their order. Stores nothing. */
export const checkSubscriptions = request('licensing.subscription.check', ['accounts'], ask, answer);
/** Opens those that are not there yet and not refused, in one transaction; a repeat opens none. */
export const importSubscriptions = request('licensing.subscription.import', ['accounts'], ask, answer);

/** What an account has contracted, as an import takes it. */
export const exportSubscriptions = request(
  'licensing.subscription.export',
  ['accounts'],
  z.strictObject({ accountIds: z.array(uuid).max(mostImported) }),
  z.object({
    items: z.array(
      z.object({ ...importedSubscription.shape, term: z.object(importedTerm.shape), expiresOn: calendarDate }),
    ),
  }),
);
