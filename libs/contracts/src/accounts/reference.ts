import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { uuid } from '../values.js';
import { applicationView } from './application.js';

/** What an e-mail is about, by what people call it; null where it is about no such thing, or none that is known. */
export const namedReference = z.object({
  organizationName: z.string().nullable(),
  accountName: z.string().nullable().describe('Also of an account that is only applied for.'),
  application: applicationView.pick({ type: true, status: true }).nullable(),
});
export type NamedReference = z.infer<typeof namedReference>;

/** Of whatever organizations, in the order of the request. @throws forbidden */
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
