import { eventSchema, schemaOf } from '../asyncapi.js';
import { contractVersion } from '../discovery.js';
import { allEvents, allRequests } from '../all-messages.js';
import type { Contract } from './breaks.js';

/**
 * The current contract: the messages of the platform's services and of Tenure's own processes, of which different
 * versions run side by side.
 */
export function contract(): Contract {
  return {
    version: contractVersion,
    requests: Object.fromEntries(
      allRequests.map(({ name, callers, request, answer }) => [
        name,
        { callers, request: schemaOf(request, 'input'), answer: schemaOf(answer, 'output') },
      ]),
    ),
    events: Object.fromEntries(allEvents.map((event) => [event.name, eventSchema(event)])),
  };
}
