import { readCalendar, refuse, revokeCalendars, type Calendar } from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { call } from '../testing/call.js';
import { accountId, aCalendarToken, aFeed } from '../testing/samples.js';
import { setStage } from '../testing/stage.js';

const calendar: Calendar = {
  kind: 'account',
  language: 'en',
  entries: [
    {
      accountId,
      accountName: 'Harbor',
      timeZone: 'Europe/Madrid',
      expiresOn: '2027-11-25',
      sequence: 2,
      cancelled: false,
      changedAt: '2026-11-25T09:00:00.000Z',
    },
  ],
};

const stage = forAllTests(setStage);
beforeEach(() => {
  stage.services.reset();
  stage.services.answer(readCalendar, () => calendar);
});

const path = `/calendar/${aCalendarToken}.ics`;
const read = (address = path, headers: Record<string, string> = {}) => fetch(`${stage.url}${address}`, { headers });

describe('a calendar', () => {
  it('can be read without a sign-in, as a calendar file, also by a browser', async () => {
    for (const accept of ['text/calendar', 'text/html']) {
      const answer = await read(path, { accept });
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
        200,
        'text/calendar; charset=utf-8',
        'attachment; filename="expiry.ics"',
      ]);
      expect(await answer.text()).toContain('SUMMARY:Last day of Harbor');
    }
    expect(stage.services.requestsOf(readCalendar)[0]).toEqual({ token: aCalendarToken });
  });

  it('is sent again only if it has changed', async () => {
    const first = await read();
    const etag = first.headers.get('etag')!;
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = await read(path, { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const [entry] = calendar.entries;
    const renewed = { ...entry!, expiresOn: '2028-11-25', sequence: 4, changedAt: '2027-11-01T09:00:00.000Z' };
    stage.services.answer(readCalendar, () => ({ ...calendar, entries: [renewed] }));
    const changed = await read(path, { 'if-none-match': etag });
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
  });

  it('that is canceled reaches a program that asks only by date: revoking does not change the account', async () => {
    const known = (await read()).headers.get('last-modified') ?? 'Wed, 25 Nov 2026 09:00:00 GMT';
    const [entry] = calendar.entries;
    const cancelled = { ...entry!, accountName: null, sequence: 3, cancelled: true };
    stage.services.answer(readCalendar, () => ({ ...calendar, entries: [cancelled] }));
    const again = await read(path, { 'if-modified-since': known });
    expect([again.status, await again.text()]).toEqual([200, expect.stringContaining('STATUS:CANCELLED')]);
  });

  it('with an unknown or revoked address is not found; a malformed address reaches no service', async () => {
    stage.services.answer(readCalendar, () => {
      throw refuse('not_found', 'There is no such calendar.');
    });
    const unknown = await read();
    expect([unknown.status, unknown.headers.get('etag')]).toEqual([404, null]);
    const asked = stage.services.requestsOf(readCalendar).length;
    for (const other of ['/calendar/short.ics', `/calendar/${aCalendarToken}`, `/calendar/${aCalendarToken}x.ics`])
      expect((await read(other)).status).toBe(404);
    expect(stage.services.requestsOf(readCalendar)).toHaveLength(asked);
  });
});

it('a feed is created and its address shown once; the answer to a revocation has what is left', async () => {
  const token = await stage.issuer.token('super_admin');
  const made = await call(stage.url, 'POST /api/calendars/feed', { token, body: {} });
  expect([made.status, made.body]).toEqual([
    201,
    { ...aFeed, url: expect.stringMatching(new RegExp(`^https?://[^/]+${path.replaceAll('.', '[.]')}$`)) },
  ]);
  await call(stage.url, 'POST /api/calendars/revocation', { token, body: { which: 'in_reminders' } });
  expect(stage.services.requestsOf(revokeCalendars)).toEqual([{ actor: expect.anything(), which: 'in_reminders' }]);
});

it('a client that asks too often is told to wait', async () => {
  // A gateway of its own: requests of other tests count for a minute, which may end meanwhile.
  const { url, close } = await stage.start();
  const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await fetch(`${url}${path}`)).status));
  expect(statuses.toSorted()).toEqual([...Array<number>(60).fill(200), ...Array<number>(10).fill(429)]);
  expect((await call(url!, 'GET /api/calendars', { token: await stage.issuer.token('super_admin') })).status).toBe(200);
  await close();
});
