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

/** The maximum number of accounts in one message of an import or export. */
export const mostImported = 100;

/** The maximum number of months from an anchor to the end of the previous term. */
export const mostMonthsBefore = 1_200;

/** The current term, counted as every term is: in whole months from its anchor. */
export const importedTerm = z.strictObject({
  anchor: calendarDate,
  /** Months from the anchor to the end of the previous term; 0 if the term starts on its anchor. */
  monthsBefore: z
    .int('Enter a whole number.')
    .min(0, 'Enter 0 or more.')
    .max(mostMonthsBefore, 'Too large.')
    .default(0),
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

/** What happens to a moment of the term once the subscription exists. */
export const importedMoment = z.object({
  /** `P1M`, `P7D`, `P0D` or `expired`. */
  kind: z.string(),
  at: instant,
  becomes: growing(['sent_at_once', 'planned', 'skipped', 'not_applicable']),
});

const judged = z.object({
  accountId: uuid,
  /** It was imported or opened before; nothing changes, whatever the import asks for. */
  isThere: z.boolean(),
  refusals: z.array(refusalSchema),
  /** The contract as it is or would be; null if refused. */
  facts: contractFacts.nullable(),
  firstDay: calendarDate.nullable(),
  /** Only for a new one that is not refused. */
  moments: z.array(importedMoment),
});
export type JudgedSubscription = z.infer<typeof judged>;

const ask = z.strictObject({ subscriptions: z.array(importedSubscription).min(1).max(mostImported) });
const answer = z.object({ items: z.array(judged) });

/** What importing these would do now, in the order of the request. Stores nothing. */
export const checkSubscriptions = request('licensing.subscription.check', ['accounts'], ask, answer);
/** Opens the new ones that are not refused, in one transaction; a repeat opens none. */
export const importSubscriptions = request('licensing.subscription.import', ['accounts'], ask, answer);

/** What an account has contracted, in the form that an import takes. */
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
