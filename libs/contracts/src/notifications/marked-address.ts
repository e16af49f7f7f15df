import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { emailAddress, growing, instant, uuid } from '../values.js';

/** An address that nothing is sent to any more: the provider said that nothing arrives there, or that nothing is wanted. */
export const markedAddressView = z.object({
  address: z.string(),
  why: growing(['bounced', 'complained', 'suppressed']),
  /** The provider's words, where it has any. */
  words: z.string().nullable(),
  markedAt: instant,
  /** The e-mail by which it was found out. */
  deliveryId: uuid,
});
export type MarkedAddressView = z.infer<typeof markedAddressView>;

const markedAddresses = z.object({ items: z.array(markedAddressView) });

/** Those of the own organization; Customer Success may name another. Latest first, at most 500. @throws forbidden */
export const listMarkedAddresses = request(
  'notifications.marked-address.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema, organizationId: uuid.optional() }),
  markedAddresses,
);
/** From now on it is written to again; one that is not marked stays as it is. Answers what is still marked. @throws forbidden */
export const clearMarkedAddress = request(
  'notifications.marked-address.clear',
  ['gateway'],
  z.strictObject({ actor: actorSchema, address: emailAddress }),
  markedAddresses,
);
