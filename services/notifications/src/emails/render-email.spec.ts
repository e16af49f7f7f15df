import { noticeKinds } from '@tenure/contracts';
import { anApplication, someWords } from '../spec/words.js';
import { renderEmail } from './render-email.js';

const link = 'https://tenure.example/account-management/accounts/1';
const reminder = { kind: 'reminder', language: 'en', recipientName: 'Ana Ruiz', words: someWords(), link } as const;

describe('an e-mail', () => {
  it('says the same as plain text', () =>
    expect(renderEmail(reminder).text).toBe(
      [
        'Hello Ana Ruiz,',
        'The account “Solar Park” expires in 30 days. Its last day is Nov 24, 2027.',
        'Renew it by Nov 24, 2027, and it goes on working without losing a day.',
        'License: Professional',
        'Datapoints: 1,200',
        'Last day: Nov 24, 2027',
        `Renew the account ${link}`,
        '-'.repeat(40),
        'Tenure sent this e-mail, because you look after accounts of the platform.',
      ].join('\n\n'),
    ));

  it('names its language, for those who have it read to them', () => {
    expect(renderEmail(reminder).html).toContain('<html dir="ltr" lang="en">');
    expect(renderEmail({ ...reminder, language: 'es' }).html).toContain('<html dir="ltr" lang="es">');
  });

  it('leads to its page', () => expect(renderEmail(reminder).html).toContain(`href="${link}"`));

  it('greets nobody by name at a fallback address', () =>
    expect(renderEmail({ ...reminder, recipientName: null }).text).toMatch(/^Hello,\n/));

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
    'has a subject of one line, whatever a name is made of',
    (accountName) =>
      expect(renderEmail({ ...reminder, words: someWords({ accountName }) }).subject).toBe(
        '“Solar Bcc: everybody@victim.example” expires in 30 days',
      ),
  );

  it.each(noticeKinds.flatMap((kind) => (['en', 'es'] as const).map((language) => ({ kind, language }))))(
    'can be written of every kind in every language: $kind $language',
    ({ kind, language }) => {
      const words = someWords({ application: anApplication() });
      const { subject, html, text } = renderEmail({ kind, language, recipientName: 'Ana', words, link });
      for (const part of [subject, html, text]) {
        expect(part).toContain('Solar Park');
        expect(part).not.toMatch(/undefined|null|NaN|Invalid/);
      }
    },
  );
});
