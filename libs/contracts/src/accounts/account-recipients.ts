import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { event, request } from '../message.js';
import { emailAddress, knownOf, language, spokenLanguage, uuid } from '../values.js';
import { noticeGroups } from './wishes.js';

/** An address besides those of members: told when one account is to expire, has expired, or was renewed. */
export const extraAddress = z.strictObject({ email: emailAddress, language });
export type ExtraAddress = z.infer<typeof extraAddress>;
export const extraAddresses = z.array(extraAddress).max(10, 'At most 10 addresses.');
/** The same in an answer. */
export const extraAddressesTold = z.array(z.object({ email: emailAddress, language: spokenLanguage }));

/** Who is told of an account. */
export const accountRecipients = z.object({
  /** Those of the organization, with what they are told of each account. */
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
  /** Grows with each change of the extra addresses; 0 until there was one. */
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
 * Puts these in place of the extra addresses as they were read; from the next e-mail on. What was set already is answered
 * as it is. @throws forbidden, not_found, invalid, recipients_changed with those that hold
 */
export const setAccountRecipients = request(
  'accounts.account-recipients.set',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    accountId: uuid,
    extraAddresses,
    /** The `version` that they replace. */
    replaces: z.int().min(0).max(2_147_483_647),
  }),
  accountRecipients,
);

/** The extra addresses of an account are others now. */
export const accountRecipientsChanged = event(
  'accounts.account-recipients.changed',
  z.object({ accountId: uuid, extraAddresses: z.int() }),
);
