import { eventSchema, schemaOf } from '../asyncapi.js';
import { contractVersion } from '../discovery.js';
import { isForServices, ownCallers } from '../message.js';
import { allEvents, allRequests } from '../rights.js';
import type { Contract } from './breaks.js';

/** The contract with the platform's services as it is. What Tenure's own processes ask each other is not in it. */
export function contract(): Contract {
  return {
    version: contractVersion,
    requests: Object.fromEntries(
      allRequests.filter(isForServices).map(({ name, callers, request, answer }) => [
        name,
        {
          callers: callers.filter((caller) => !ownCallers.includes(caller)),
          request: schemaOf(request, 'input'),
          answer: schemaOf(answer, 'output'),
        },
      ]),
    ),
    events: Object.fromEntries(allEvents.map((event) => [event.name, eventSchema(event)])),
  };
}
