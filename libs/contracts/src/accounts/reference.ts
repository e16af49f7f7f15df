import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { uuid } from '../values.js';
import { applicationView } from './application.js';

/** The names of what an e-mail is about; null if it is about no such thing, or an unknown one. */
export const namedReference = z.object({
  organizationName: z.string().nullable(),
  accountName: z.string().nullable().describe('Also for an account that has only been applied for.'),
  application: applicationView.pick({ type: true, status: true }).nullable(),
});
export type NamedReference = z.infer<typeof namedReference>;

/** References of any organization, in the order of the request. @throws forbidden */
export const nameReferences = request(
  'accounts.reference.name',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    references: z
      .array(z.strictObject({ organizationId: uuid, accountId: uuid.nullable(), applicationId: uuid.nullable() }))
      .max(200),
  }),
  z.object({ items: z.array(namedReference) }),
);
