import { someWords } from '../testing/words.js';
import { texts } from './texts.js';

const words = someWords({ emailDomain: 'mail.helios.example' });

it.each([
  [
    'en',
    'E-mails are no longer sent from mail.helios.example',
    'E-mails of Helios Energy are no longer sent from mail.helios.example',
  ],
  [
    'es',
    'Los correos ya no se envían desde mail.helios.example',
    'Los correos de Helios Energy ya no se envían desde mail.helios.example',
  ],
] as const)(
  'the notices of a lost domain name it, in %s, to its organization and to Customer Success',
  (language, own, internal) => {
    const { email_domain_failed, organization_domain_failed } = texts[language].letters;
    expect([email_domain_failed(words).subject, organization_domain_failed(words).subject]).toEqual([own, internal]);
    for (const letter of [email_domain_failed(words), organization_domain_failed(words)])
      expect(letter.paragraphs[0]).toContain('mail.helios.example');
  },
);

it.each(['en', 'es'] as const)(
  'the notice that nobody can be reached about a domain names the domain and no account, in %s',
  (language) => {
    const { subject, preview, paragraphs, action } = texts[language].letters.recipients_unreachable({
      ...words,
      accountName: words.organizationName,
      subscription: null,
    });
    expect(subject).toContain('mail.helios.example');
    for (const text of [subject, preview, ...paragraphs]) expect(text).not.toMatch(/[“«]/);
    expect(paragraphs[0]).toContain('mail.helios.example');
    expect(action).toBe(texts[language].letters.organization_domain_failed(words).action);
  },
);
