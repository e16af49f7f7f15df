import type { AuditEntry } from '@tenure/contracts';
import { latestFirst } from './audit.js';

function entry(at: string, last: number): AuditEntry {
  return {
    entryId: `01990000-0000-7000-8000-00000000000${last}`,
    at,
    by: { kind: 'service', memberId: null, service: 'workflows' },
    action: 'account.created',
    applicationId: null,
    before: null,
    after: null,
  };
}
const [first, second, third, fourth] = [
  entry('2026-11-24T09:00:00.000Z', 4),
  entry('2026-11-24T09:00:00.001Z', 1),
  entry('2026-11-24T09:00:00.001Z', 2),
  entry('2026-11-24T10:00:00.000Z', 3),
];

it('the records of several services become one list, latest first, and the later id first at the same instant', () =>
  expect(latestFirst([[second, first], [fourth], [third], []])).toEqual([fourth, third, second, first]));
