import type { Email } from '@tenure/local/mailbox/email';
import { dateIn, wordsOfReminder, missingIn } from './reminder.js';

const madrid = { expiresOn: '2027-11-24', timeZone: 'Europe/Madrid' };
const aMonthBefore = { ...madrid, kind: 'P1M', at: '2027-10-24T07:00:00.000Z' };
const onTheDay = { ...madrid, kind: 'P0D', at: '2027-11-24T08:00:00.000Z' };

const email = (text: string, html = text): Email => ({
  id: '1',
  at: '2026-11-24T08:00:00.000Z',
  from: 'a@b.example',
  to: ['c@d.example'],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: '',
  html,
  text,
  headers: {},
  tags: [],
  idempotencyKey: null,
});

describe('the required words of a reminder', () => {
  it('are the last day and the days left, in English', () =>
    expect(wordsOfReminder(aMonthBefore, 'en')).toEqual(['Nov 24, 2027', 'in 31 days']));

  it('are the same in Spanish', () =>
    expect(wordsOfReminder(aMonthBefore, 'es')).toEqual(['24 nov 2027', 'dentro de 31 días']));

  it('say on the last day that it is the last', () =>
    expect(wordsOfReminder(onTheDay, 'es')).toEqual(['24 nov 2027', 'Hoy es el último día']));

  it('count the days in the account’s zone, not in UTC', () =>
    expect(
      wordsOfReminder(
        { kind: 'P1M', at: '2027-10-23T20:00:00.000Z', expiresOn: '2027-11-24', timeZone: 'Pacific/Auckland' },
        'en',
      ),
    ).toEqual(['Nov 24, 2027', 'in 31 days']));
});

describe('an e-mail compared with its required words', () => {
  const words = ['Roofs & Co', 'Nov 24, 2027', 'in 31 days'];

  it('passes with all of them, in text and HTML', () =>
    expect(
      missingIn(
        email(
          'Roofs & Co expires in 31 days. Its last day is Nov 24, 2027.',
          '<p>Roofs &amp; Co expires in <b>31 days</b>.</p><p>Its last day is Nov 24, 2027.</p>',
        ),
        words,
      ),
    ).toEqual([]));

  it('fails with another day', () =>
    expect(missingIn(email('Roofs & Co expires in 31 days, on Nov 25, 2027.'), words)).toEqual(['Nov 24, 2027']));

  it('fails if only the HTML is wrong', () =>
    expect(
      missingIn(
        email('Roofs & Co: in 31 days, Nov 24, 2027', '<p>Roofs &amp; Co: in 30 days, Nov 24, 2027</p>'),
        words,
      ),
    ).toEqual(['in 31 days']));

  it("has dates in its reader's format", () => expect(dateIn('es', '2028-02-29')).toBe('29 feb 2028'));
});
