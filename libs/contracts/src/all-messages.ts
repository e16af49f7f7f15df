import type { Event, Request } from './message.js';
import * as messages from './messages.js';

function isRequest(value: unknown): value is Request {
  return typeof value === 'object' && value !== null && 'callers' in value && 'answer' in value;
}
function isEvent(value: unknown): value is Event {
  return typeof value === 'object' && value !== null && 'data' in value && 'name' in value;
}
const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
const exported: unknown[] = Object.values(messages);

export const allRequests: readonly Request[] = exported.filter(isRequest).sort(byName);
export const allEvents: readonly Event[] = exported.filter(isEvent).sort(byName);
