import type { Calendar } from '@tenure/contracts';
import { CalendarTexts } from './calendar-texts.js';

const calendarOf = (accountName: string): Calendar => ({
  kind: 'organization',
  language: 'en',
  entries: [
    {
      accountId: '01990000-0000-7000-8000-000000000001',
      accountName,
      timeZone: 'Europe/Madrid',
      expiresOn: '2027-11-24',
      sequence: 1,
      cancelled: false,
      changedAt: '2026-11-24T10:02:31.481Z',
    },
  ],
});

describe('a calendar that is read again', () => {
  let written: string[];
  let texts: CalendarTexts;
  beforeEach(() => {
    written = [];
    texts = new CalendarTexts((calendar) => {
      const name = calendar.entries[0]!.accountName!;
      written.push(name);
      return `the text of ${name}`;
    });
  });
  const read = (name: string) => texts.of(calendarOf(name));

  it('is not written again while nothing in it has changed', () => {
    const first = read('Hotel');
    expect(read('Hotel')).toEqual(first);
    expect(first).toEqual({ text: 'the text of Hotel', etag: expect.stringMatching(/^"[\w-]{43}"$/) });
    expect(written).toEqual(['Hotel']);
  });

  it('is written again after a change, under another tag', () => {
    expect(read('Hotel').etag).not.toBe(read('Harbor').etag);
    expect(written).toEqual(['Hotel', 'Harbor']);
  });

  it('is kept among the latest twenty only', () => {
    for (let other = 0; other < 20; other += 1) read(`Hotel ${other}`);
    read('Hotel 0');
    expect(written).toHaveLength(20);
    for (const name of ['Harbor', 'Hotel 0', 'Hotel 1']) read(name);
    expect(written.slice(20)).toEqual(['Harbor', 'Hotel 1']);
  });
});
