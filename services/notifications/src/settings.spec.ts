import { Settings } from './settings.js';

const right = {
  RESEND_API_KEY: 're_test',
  MAIL_FROM: 'accounts@platform.example',
  PUBLIC_URL: 'https://tenure.example',
};

function given(changed: Partial<typeof right>): Settings {
  const before = process.env;
  process.env = { ...right, ...changed };
  try {
    return new Settings();
  } finally {
    process.env = before;
  }
}

it('links in e-mails start with http:// or https://', () => {
  expect(given({}).publicUrl).toBe('https://tenure.example');
  expect(() => given({ PUBLIC_URL: 'tenure.example:443' })).toThrow('PUBLIC_URL is not valid');
});

it.each(['accounts@platform.example', 'Tenure <accounts@platform.example>'])('e-mails may come from %s', (sender) =>
  expect(given({ MAIL_FROM: sender }).mailFrom).toBe(sender),
);

it.each([
  'accounts-at-platform',
  'platform.example',
  'Tenure accounts@platform.example',
  'Tenure <accounts@platform.example',
  'Tenure <accounts@platform>',
  'Tenure\n<accounts@platform.example>',
])('the provider would refuse each e-mail from %j, so the process does not start', (sender) =>
  expect(() => given({ MAIL_FROM: sender })).toThrow(
    'MAIL_FROM is not valid: it must be an address, or Name <address>',
  ),
);
