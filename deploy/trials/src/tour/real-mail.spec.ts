import { environmentOf, sendsRealEmails } from './real-mail.js';

describe('a stack sends real e-mails', () => {
  it.each([
    ['with a Resend key', { RESEND_API_KEY: 're_real' }, true],
    ['not with a stand-in for Resend', { RESEND_API_KEY: 're_local', RESEND_BASE_URL: 'http://127.0.0.1:7302' }, false],
    ['not without a key', {}, false],
    ['not with an empty key', { RESEND_API_KEY: '' }, false],
  ])('%s', (_, environment, real) => expect(sendsRealEmails(environment)).toBe(real));
});

it("a process's settings are read from its environment", () =>
  expect(environmentOf(process.pid)).toMatchObject({ PATH: process.env.PATH }));
