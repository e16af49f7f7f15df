import { z } from 'zod';
import type { DataOf, Event } from './message.js';
import { instant, uuid } from './values.js';

/** Who or what caused an event. */
export const causeSchema = z.object({
  memberId: uuid.optional(),
  service: z.string().optional(),
  applicationId: uuid.optional(),
});
export type Cause = z.infer<typeof causeSchema>;

/**
 * The fields of every event. `version` increases with each change of what the event is about; a projection applies only
 * a newer one.
 */
export const envelopeSchema = z.object({
  id: uuid,
  /** The event's name, `<service>.<noun>.<past>`. */
  type: z.string(),
  /** The version of the schema of `data`. */
  schema: z.literal(1),
  at: instant,
  organizationId: uuid,
  accountId: uuid.nullable(),
  applicationId: uuid.nullable(),
  version: z.int(),
  cause: causeSchema,
  data: z.unknown(),
});
export type Envelope<E extends Event = Event> = Omit<z.infer<typeof envelopeSchema>, 'data'> & { data: DataOf<E> };

/** The envelope as this kind of event, with its data validated; `undefined` if it is another kind. */
export function readAs<E extends Event>(event: E, envelope: z.infer<typeof envelopeSchema>): Envelope<E> | undefined {
  return envelope.type === event.name ? { ...envelope, data: event.data.parse(envelope.data) as DataOf<E> } : undefined;
}
