import { z } from 'zod';
import { request } from '../message.js';
import { domainName, uuid } from '../values.js';

/**
 * Retires the domain unless an account of the organization, or an application that may become one, uses it: from then
 * on nothing that was started earlier can come to use it. What starts later asks notifications, which has to answer no
 * before it sends this request. @throws not_found
 */
export const retireEmailDomain = request(
  'accounts.email-domain.retire',
  ['notifications'],
  z.strictObject({ organizationId: uuid, domain: domainName }),
  z.object({
    retired: z.boolean(),
    /** How many accounts and applications use it. */
    accounts: z.int(),
    applications: z.int(),
  }),
);
