import { clearMarkedAddress, emailAddress, listMarkedAddresses } from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';

export const listMarked = route({
  method: 'get',
  path: '/marked-addresses',
  action: 'list_marked_addresses',
  summary: "List my organization's marked addresses, which get no e-mail",
  description:
    'An address is marked when the provider reports that e-mails to it bounce for good or that its reader does not want them. Latest first, at most 500.',
  answer: listMarkedAddresses.answer,
});

export const clearMarked = route({
  method: 'post',
  path: '/marked-addresses/clear',
  action: 'clear_marked_address',
  summary: 'Clear a marked address',
  description:
    'The address gets e-mail again from the next notice on. Clearing an address that is not marked changes nothing. Returns the addresses that are still marked.',
  body: z.strictObject({ address: emailAddress }),
  answer: clearMarkedAddress.answer,
});
