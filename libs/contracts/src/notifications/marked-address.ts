import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { emailAddress, growing, instant, uuid } from '../values.js';

/**
 * An address to which nothing is sent any more: the provider reported that nothing arrives there, or that e-mails are
 * not wanted.
 */
export const markedAddressView = z.object({
  address: z.string(),
  why: growing(['bounced', 'complained', 'suppressed']),
  /** The provider's words, where it has any. */
  words: z.string().nullable(),
  markedAt: instant,
  /** The delivery that revealed it. */
  deliveryId: uuid,
});
export type MarkedAddressView = z.infer<typeof markedAddressView>;

const markedAddresses = z.object({ items: z.array(markedAddressView) });

/**
 * The marked addresses of the actor's organization; Customer Success may name another. Latest first, at most 500.
 * @throws forbidden
 */
export const listMarkedAddresses = request(
  'notifications.marked-address.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema, organizationId: uuid.optional() }),
  markedAddresses,
);
/**
 * Clears the mark, so that the address receives e-mails again; an unmarked address stays unchanged. Returns the
 * addresses that are still marked. @throws forbidden
 */
export const clearMarkedAddress = request(
  'notifications.marked-address.clear',
  ['gateway'],
  z.strictObject({ actor: actorSchema, address: emailAddress }),
  markedAddresses,
);
