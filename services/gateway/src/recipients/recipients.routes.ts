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
  summary: 'What I wish to be told by e-mail',
  description:
    'As a SuperAdmin: what was decided about accounts, and reminders. Answers to own applications always come.',
  answer: noticeWishes,
});

export const setNoticeWishesRoute = route({
  method: 'post',
  path: '/me/notices',
  action: 'set_notice_wishes',
  summary: 'Choose what I am told by e-mail',
  description: 'The last SuperAdmin of an organization who wishes to be told of something cannot turn it off.',
  body: noticeWishes,
  answer: noticeWishes,
  errors: ['last_recipient'],
});

export const seeFallbackAddress = route({
  method: 'get',
  path: '/organization/fallback-address',
  action: 'see_fallback_address',
  summary: 'Where e-mails go that reach nobody else of my organization',
  answer: getFallbackAddress.answer,
});

const { fallbackEmail } = setFallbackAddress.request.shape;

export const setFallbackAddressRoute = route({
  method: 'put',
  path: '/organization/fallback-address',
  action: 'set_fallback_address',
  summary: 'Choose where e-mails go that reach nobody else of my organization',
  description:
    'It gets a notice when no SuperAdmin and no extra address can be told, or when the e-mails to all of them have failed. `null`: Customer Success is told at once.',
  body: z.strictObject({ fallbackEmail }),
  answer: setFallbackAddress.answer,
});

export const seeRecipients = route({
  method: 'get',
  path: '/accounts/{accountId}/recipients',
  action: 'see_recipients',
  summary: 'Who is told of an account',
  description:
    'The SuperAdmins of its organization with what they are told, and the extra addresses, which get its reminders, and hear that it has expired or was renewed.',
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
    'Up to 10, in place of those of the version `replaces`; one that is left out gets nothing any more, from now on. `recipients_changed` says with those that hold that somebody else was first.',
  params: oneAccount,
  body: z.strictObject({ extraAddresses, replaces }),
  answer: accountRecipients,
  errors: ['not_found', 'recipients_changed'],
});
