import { z } from 'zod';
import { request } from '../message.js';
import { domainName, uuid } from '../values.js';

/**
 * Unless an account of the organization, or an application that may become one, uses this domain: nothing that was begun
 * before can come to use it. What is begun later asks notifications, which has to say no from before it asks this.
 * @throws not_found
 */
export const retireEmailDomain = request(
  'accounts.email-domain.retire',
  ['notifications'],
  z.strictObject({ organizationId: uuid, domain: domainName }),
  z.object({
    retired: z.boolean(),
    /** How many use it. */
    accounts: z.int(),
    applications: z.int(),
  }),
);
