import { aSubscription, someWords } from '../testing/words.js';
import { fillIn, formOf } from './form.js';
import { writeEmail } from './write-email.js';

const renderEmail = (...email: Parameters<typeof writeEmail>) => fillIn(formOf(writeEmail(...email)));

const accountId = '01900000-0000-7000-8000-0000000000a1';
const reminder = {
  notice: { kind: 'reminder', offset: 'P1M', organizationId: 'org', accountId, applicationId: null },
  language: 'en',
  recipientName: 'Ana Ruiz',
  isExtra: false,
  words: someWords(),
  publicUrl: 'https://tenure.example',
  calendarToken: null,
  fromOwnDomain: false,
} as const;
const renewal = `https://tenure.example/account-management/accounts/${accountId}/renewal`;

describe('an e-mail', () => {
  it('declares its language, for screen readers', () => {
    expect(renderEmail(reminder).html).toContain('<html dir="ltr" lang="en">');
    const spanish = renderEmail({ ...reminder, language: 'es' }).html;
    expect(spanish).toContain('<html dir="ltr" lang="es">');
    expect(spanish).not.toContain('lang="en"');
  });

  it('links to its page', () => expect(renderEmail(reminder).html).toContain(`href="${renewal}"`));

  it('of a reminder also links to a calendar with the expiry', () => {
    const address = 'https://tenure.example/calendar/a-token.ics';
    const { html, text } = renderEmail({ ...reminder, publicUrl: 'https://tenure.example/', calendarToken: 'a-token' });
    expect(html).toMatch(new RegExp(`<a[^>]+href="${address}"[^>]*>Add to your calendar</a>`));
    expect(text).toContain(`Add to your calendar:\n${address}`);
    expect(renderEmail(reminder).html).not.toContain('calendar');
  });

  it('to an extra address links to nothing that requires signing in', () => {
    const { html } = renderEmail({ ...reminder, recipientName: null, isExtra: true, calendarToken: 'a-token' });
    expect([...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual([
      'https://tenure.example/calendar/a-token.ics',
    ]);
  });

  it.each([
    ['P1M', 28, ', 1 month before the last day of an account.'],
    ['P1M', 27, '.'],
    ['P7D', 7, ', 1 week before the last day of an account.'],
    ['P7D', 6, '.'],
    ['P0D', 0, ', on the last day of an account.'],
  ])('of the reminder %s with %i days left mentions its offset only if it is that early', (offset, daysLeft, end) => {
    const words = someWords({ subscription: aSubscription({ daysLeft }) });
    const { text } = renderEmail({ ...reminder, notice: { ...reminder.notice, offset }, words });
    expect(text.slice(text.indexOf('of Helios Energy') + 'of Helios Energy'.length)).toBe(end);
  });

  it('shows a name that looks like HTML as text', () => {
    const { html, text, subject } = renderEmail({
      ...reminder,
      words: someWords({ accountName: '<img src=x onerror=alert(1)>' }),
    });
    expect(html).not.toContain('<img');
    expect(html).toContain('“&lt;img src=x onerror=alert(1)&gt;”');
    expect(text).toContain('“<img src=x onerror=alert(1)>”');
    expect(subject).toBe('“<img src=x onerror=alert(1)>” expires in 30 days');
  });

  it.each(['Solar\r\nBcc: everybody@victim.example', 'Solar\u2028Bcc: everybody@victim.example'])(
    'has a one-line subject, whatever a name contains',
    (accountName) =>
      expect(renderEmail({ ...reminder, words: someWords({ accountName }) }).subject).toBe(
        '“Solar Bcc: everybody@victim.example” expires in 30 days',
      ),
  );

  it('keeps a right-to-left name together, and the date after it in order', () => {
    const { subject, text } = renderEmail({
      ...reminder,
      language: 'es',
      recipientName: 'פלוני 1',
      words: someWords({ accountName: 'فندق', subscription: aSubscription({ daysLeft: 0 }) }),
    });
    expect(subject).toBe('Hoy es el último día de «\u2068فندق\u2069»');
    expect(text).toContain('Hola, \u2068פלוני 1\u2069:');
    expect(text).toContain('la cuenta «\u2068فندق\u2069»: 24 nov 2027.');
  });

  it('about a reminder mentions no offset unless it is one', () =>
    expect(renderEmail({ ...reminder, notice: { ...reminder.notice, kind: 'recipients_unreachable' } }).text).toMatch(
      /because you are in Customer Success\.$/,
    ));

  it('does not interpret placeholders that a person types', () => {
    const words = someWords({
      accountName: '</title><style>body{display:none}</style>',
      subscription: aSubscription({ license: { en: '</td><a href="https://evil.example">', es: '' } }),
    });
    const { html } = renderEmail({ ...reminder, words });
    expect(html.match(/<style/g)).toHaveLength(1);
    expect(html).not.toContain('href="https://evil.example"');
  });
});

describe('the top of an e-mail', () => {
  const words = someWords({ organizationLogoUrl: 'https://helios.example/logo.png?a=1&b="2"' });

  it('shows the platform, unless the organization sends from its own domain', () => {
    const { html, text } = renderEmail({ ...reminder, words });
    expect(html).toContain('>Tenure</p>');
    expect(html).not.toContain('<img');
    expect(text).toMatch(/^Hello Ana Ruiz,/);
  });

  it("shows the organization's name and logo if it does", () => {
    const { html, text } = renderEmail({ ...reminder, words, fromOwnDomain: true });
    expect(html).toContain('>Helios Energy</p>');
    expect(html).not.toContain('>Tenure</p>');
    expect(html).toContain('src="https://helios.example/logo.png?a=1&amp;b=&quot;2&quot;"');
    expect(text).toMatch(/^Helios Energy\n\nHello Ana Ruiz,/);
  });

  it('shows only the name of an organization without a logo', () => {
    const { html } = renderEmail({ ...reminder, fromOwnDomain: true });
    expect(html).toContain('>Helios Energy</p>');
    expect(html).not.toContain('<img');
  });
});
