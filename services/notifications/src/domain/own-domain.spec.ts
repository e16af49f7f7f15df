import { domainOfAddress, readDomain, wholeName } from './own-domain.js';

const platform = ['accounts.platform.example', 'app.tenure.example'];
const read = (typed: string) => readDomain(typed, platform);

describe('a typed domain', () => {
  it.each([
    ['solar.example', 'solar.example'],
    [' Mail.Solar-Partner.EXAMPLE. ', 'mail.solar-partner.example'],
    ['energía.example', 'xn--energa-7va.example'],
    ['ENERGÍA.example', 'xn--energa-7va.example'],
    ['energi\u0301a.example', 'xn--energa-7va.example'],
    ['xn--energa-7va.example', 'xn--energa-7va.example'],
    ['solar。example', 'solar.example'],
    ['солнце.рф', 'xn--e1algco7a.xn--p1ai'],
    ['a.b.co.uk', 'a.b.co.uk'],
    // 253 characters, the maximum length of a name.
    [`${'a.'.repeat(122)}a.example`, `${'a.'.repeat(122)}a.example`],
  ])('%s is %s', (typed, domain) => expect(read(typed)).toEqual({ domain }));

  it('that only looks like another one is different, and visibly so', () => {
    // All Cyrillic, and looks like "ecar".
    expect(read('есаг.example')).toEqual({ domain: 'xn--80age2c.example' });
    expect(read('ecar.example')).toEqual({ domain: 'ecar.example' });
  });

  it.each([
    'https://solar.example',
    'solar.example/page',
    'ana@solar.example',
    'solar.example:25',
    'solar',
    '',
    '.',
    'a..example',
    '-solar.example',
    'so_lar.example',
    'so lar.example',
    '192.0.2.1',
    '[2001:db8::1]',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(122)}aa.example`,
  ])('%j is not a domain', (typed) => expect(read(typed)).toEqual({ unfit: 'not_a_domain' }));

  it.each(['sоlar.example', 'xn--slar-55d.example'])('is refused when a word mixes scripts: %s', (typed) =>
    expect(read(typed)).toEqual({ unfit: 'mixed_scripts' }),
  );

  it.each([
    'co.uk',
    'com.es',
    'github.io',
    'printer.local',
    'db.internal',
    '2.0.192.in-addr.arpa',
    'a.localhost',
    'a.invalid',
    'a.b.onion',
  ])('is refused if nobody or everybody can own it: %s', (typed) =>
    expect(read(typed)).toEqual({ unfit: 'public_suffix' }),
  );

  it.each(['platform.example', 'accounts.platform.example', 'x.y.platform.example', 'Tenure.example'])(
    'is refused if it is the platform’s own: %s',
    (typed) => expect(read(typed)).toEqual({ unfit: 'platform_domain' }),
  );
});

it.each([
  ['send', 'partner.example', 'send.partner.example'],
  ['send.mail', 'mail.partner.example', 'send.mail.partner.example'],
  ['resend._domainkey', 'partner.co.uk', 'resend._domainkey.partner.co.uk'],
  ['send.partner.example', 'partner.example', 'send.partner.example'],
  ['partner.example', 'mail.partner.example', 'partner.example'],
])('the full name of %s at %s is %s', (name, domain, whole) => expect(wholeName(name, domain)).toBe(whole));

it.each([
  ['x@Mail.example', 'mail.example'],
  ['Tenure <x@mail.example>', 'mail.example'],
])('the domain of %s is %s', (sender, domain) => expect(domainOfAddress(sender)).toBe(domain));
