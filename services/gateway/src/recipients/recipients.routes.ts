import { accountRecipients, noticeWishes, setAccountRecipients } from '@tenure/contracts';
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
