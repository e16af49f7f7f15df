import { clearMarkedAddress, emailAddress, listMarkedAddresses } from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';

export const listMarked = route({
  method: 'get',
  path: '/marked-addresses',
  action: 'list_marked_addresses',
  summary: 'Addresses of the own organization that nothing is sent to',
  description:
    'The provider has said that nothing arrives there, or that whoever reads it wants nothing. Latest first, at most 500.',
  answer: listMarkedAddresses.answer,
});

export const clearMarked = route({
  method: 'post',
  path: '/marked-addresses/clear',
  action: 'clear_marked_address',
  summary: 'Write to an address again',
  description: 'From the next notice on. An address that is not marked stays as it is. Answers what is still marked.',
  body: z.strictObject({ address: emailAddress }),
  answer: clearMarkedAddress.answer,
});
