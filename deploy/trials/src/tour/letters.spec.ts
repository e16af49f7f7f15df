import type { Email } from '@tenure/local/mailbox/email';
import { toldTwice } from './letters.js';

const email = (to: string, key: string): Email => ({
  id: '1',
  at: '2026-11-24T08:00:00.000Z',
  from: 'a@b.example',
  to: [to],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: `${key} to ${to}`,
  html: null,
  text: '',
  headers: {},
  tags: [{ name: 'key', value: key }],
  idempotencyKey: null,
});

describe('a duplicate', () => {
  it('is the same notice to the same person, listed once', () =>
    expect(toldTwice([email('c@d.example', 'k'), email('C <c@d.example>', 'k'), email('c@d.example', 'k')])).toEqual([
      'k to c@d.example',
    ]));

  it('is neither another notice nor another person', () =>
    expect(toldTwice([email('c@d.example', 'k'), email('c@d.example', 'l'), email('e@d.example', 'k')])).toEqual([]));
});
