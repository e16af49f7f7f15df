import { Settings } from './settings.js';

it('links in e-mails start with http:// or https://', () => {
  const before = process.env;
  const given = (PUBLIC_URL: string) => {
    process.env = { RESEND_API_KEY: 're_test', MAIL_FROM: 'accounts@platform.example', PUBLIC_URL };
    try {
      return new Settings().publicUrl;
    } finally {
      process.env = before;
    }
  };
  expect(given('https://tenure.example')).toBe('https://tenure.example');
  expect(() => given('tenure.example:443')).toThrow('PUBLIC_URL is not valid');
});
