import type { Envelope } from '@tenure/contracts';
import { eventLine } from './event-line.js';

const accountId = '01990000-0000-7000-8000-000000000001';
const applicationId = '01990000-0000-7000-8000-000000000002';
const memberId = '01990000-0000-7000-8000-000000000003';

function anEvent(change: Partial<Envelope>): Envelope {
  return {
    id: '01990000-0000-7000-8000-000000000009',
    type: 'licensing.use.changed',
    schema: 1,
    at: '2026-11-24T10:02:31.481Z',
    organizationId: '01990000-0000-7000-8000-000000000004',
    accountId,
    applicationId: null,
    version: 12,
    cause: {},
    data: {},
    ...change,
  };
}

it('is one line: when, what, about what, and its data', () =>
  expect(eventLine(anEvent({ data: { accountId, used: 48, contracted: 100 } }))).toBe(
    `10:02:31.481  licensing.use.changed             account ${accountId} v12 | used 48, contracted 100`,
  ));

it('names who caused it, and repeats nothing', () =>
  expect(
    eventLine(
      anEvent({
        type: 'accounts.application.approved',
        applicationId,
        version: 2,
        cause: { memberId },
        data: { type: 'new_account', accountId, decidedBy: memberId },
      }),
    ),
  ).toBe(
    `10:02:31.481  accounts.application.approved     account ${accountId} application ${applicationId} v2 by member ${memberId} | type new_account`,
  ));

it('leaves out null and false, and keeps a figure that is 0', () =>
  expect(eventLine(anEvent({ data: { used: 0, offset: null, clockMoved: false, clockAheadSeconds: 0 } }))).toBe(
    `10:02:31.481  licensing.use.changed             account ${accountId} v12 | used 0`,
  ));

it('joins the names of nested values, stays on one line, and has no control characters', () =>
  expect(
    eventLine(
      anEvent({
        accountId: null,
        cause: { service: 'licensing' },
        data: { term: { number: 2 }, features: ['a', 'b'], note: 'x\ny\u001b[2J' },
      }),
    ),
  ).toBe(
    '10:02:31.481  licensing.use.changed             v12 by licensing | term.number 2, features a b, note x y [2J',
  ));

it('has no control characters in its name or cause either, which whoever publishes it writes', () =>
  expect(
    eventLine(anEvent({ type: 'licensing.use.changed\n\u001b[2J', accountId: null, cause: { service: 'x\u009b31m' } })),
  ).toBe('10:02:31.481  licensing.use.changed  [2J        v12 by x 31m'));
