import { eventSchema, schemaOf } from '../asyncapi.js';
import { contractVersion } from '../discovery.js';
import { allEvents, allRequests } from '../all-messages.js';
import type { Contract } from './breaks.js';

/** All that is asked and heard as it is: by services of the platform, and by Tenure's own processes, of which versions run side by side. */
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
