import {
  accountRecipients,
  getFallbackAddress,
  noticeWishes,
  setAccountRecipients,
  setFallbackAddress,
} from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';
import { oneAccount } from '../routes/params.js';

const { extraAddresses, replaces } = setAccountRecipients.request.shape;

export const seeNoticeWishes = route({
  method: 'get',
  path: '/me/notices',
  action: 'see_notice_wishes',
  summary: 'Get which e-mails I receive',
  description:
    'A SuperAdmin can turn e-mails about decisions and reminders on or off. The answers to their own applications are always sent.',
  answer: noticeWishes,
});

export const setNoticeWishesRoute = route({
  method: 'post',
  path: '/me/notices',
  action: 'set_notice_wishes',
  summary: 'Choose which e-mails I receive',
  description: 'The last SuperAdmin of an organization who receives a kind of e-mail cannot turn it off.',
  body: noticeWishes,
  answer: noticeWishes,
  errors: ['last_recipient'],
});

export const seeFallbackAddress = route({
  method: 'get',
  path: '/organization/fallback-address',
  action: 'see_fallback_address',
  summary: "Get my organization's fallback address",
  answer: getFallbackAddress.answer,
});

const { fallbackEmail } = setFallbackAddress.request.shape;

export const setFallbackAddressRoute = route({
  method: 'put',
  path: '/organization/fallback-address',
  action: 'set_fallback_address',
  summary: "Set my organization's fallback address",
  description:
    'The fallback address gets a notice when there is no SuperAdmin or extra address to send it to, or when the e-mails to all of them have failed. With `null`, Customer Success is notified immediately.',
  body: z.strictObject({ fallbackEmail }),
  answer: setFallbackAddress.answer,
});

export const seeRecipients = route({
  method: 'get',
  path: '/accounts/{accountId}/recipients',
  action: 'see_recipients',
  summary: 'List who gets e-mails about an account',
  description:
    "The SuperAdmins of its organization with the notices that each receives, and the extra addresses, which receive the account's reminders and the notices of its expiry and renewal.",
  params: oneAccount,
  answer: accountRecipients,
  errors: ['not_found'],
});

export const setRecipients = route({
  method: 'put',
  path: '/accounts/{accountId}/recipients',
  action: 'set_recipients',
  summary: 'Set the extra addresses of an account',
  description:
    'Up to 10 addresses, which replace those of the version `replaces`; an address that is left out gets nothing from now on. `recipients_changed` means that somebody else changed them first; the refusal has the current ones in `current`.',
  params: oneAccount,
  body: z.strictObject({ extraAddresses, replaces: replaces.describe('The version that you saw.') }),
  answer: accountRecipients,
  errors: ['not_found', 'recipients_changed'],
});
