import { someWords } from '../testing/words.js';
import { texts } from './texts.js';

const words = someWords({ emailDomain: 'mail.helios.example' });

it.each([
  [
    'en',
    'E-mails no longer come from mail.helios.example',
    'E-mails of Helios Energy no longer come from mail.helios.example',
  ],
  [
    'es',
    'Los correos ya no salen de mail.helios.example',
    'Los correos de Helios Energy ya no salen de mail.helios.example',
  ],
] as const)(
  'A lost domain is told by its name, in %s, to its organization and to Customer Success',
  (language, own, internal) => {
    const { email_domain_failed, organization_domain_failed } = texts[language].letters;
    expect([email_domain_failed(words).subject, organization_domain_failed(words).subject]).toEqual([own, internal]);
    for (const letter of [email_domain_failed(words), organization_domain_failed(words)])
      expect(letter.paragraphs[0]).toContain('mail.helios.example');
  },
);
