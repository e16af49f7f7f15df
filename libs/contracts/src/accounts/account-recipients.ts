import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { event, request } from '../message.js';
import { emailAddress, knownOf, language, spokenLanguage, uuid } from '../values.js';
import { noticeGroups } from './wishes.js';

/**
 * An address that is not a member's. It is notified before one account expires, when it expires, and when it is
 * renewed.
 */
export const extraAddress = z.strictObject({ email: emailAddress, language });
export type ExtraAddress = z.infer<typeof extraAddress>;
export const extraAddresses = z.array(extraAddress).max(10, 'At most 10 addresses.');
/** The addresses as an answer carries them. */
export const extraAddressesTold = z.array(z.object({ email: emailAddress, language: spokenLanguage }));

/** Who is notified about an account. */
export const accountRecipients = z.object({
  /** The organization's SuperAdmins, each with the groups of notices that they receive. */
  superAdmins: z.array(
    z.object({
      memberId: uuid,
      name: z.string(),
      email: z.string(),
      language: spokenLanguage,
      told: knownOf(noticeGroups),
    }),
  ),
  extraAddresses: extraAddressesTold,
  /** Increases with each change of the extra addresses; 0 before the first. */
  version: z.int(),
});
export type AccountRecipients = z.infer<typeof accountRecipients>;

/** @throws forbidden, not_found */
export const getAccountRecipients = request(
  'accounts.account-recipients.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema, accountId: uuid }),
  accountRecipients,
);

/**
 * Replaces the extra addresses of version `replaces`, from the next e-mail on. Repeating a change that is already in
 * force returns the current state. @throws forbidden, not_found, invalid, recipients_changed with the current addresses
 */
export const setAccountRecipients = request(
  'accounts.account-recipients.set',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    accountId: uuid,
    extraAddresses,
    /** The `version` that these addresses replace. */
    replaces: z.int().min(0).max(2_147_483_647),
  }),
  accountRecipients,
);

/** The extra addresses of an account changed. */
export const accountRecipientsChanged = event(
  'accounts.account-recipients.changed',
  z.object({ accountId: uuid, extraAddresses: z.int() }),
);
