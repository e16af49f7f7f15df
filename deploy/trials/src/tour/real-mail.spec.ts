import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { environmentOf, sendsRealEmails } from './real-mail.js';

describe('a stack sends real e-mails', () => {
  it.each([
    ['with a Resend key', { RESEND_API_KEY: 're_real' }, true],
    ['not with a stand-in for Resend', { RESEND_API_KEY: 're_local', RESEND_BASE_URL: 'http://127.0.0.1:7302' }, false],
    ['not without a key', {}, false],
    ['not with an empty key', { RESEND_API_KEY: '' }, false],
  ])('%s', (_, environment, real) => expect(sendsRealEmails(environment)).toBe(real));
});

it('the settings of a process are those that it was started with, or without /proc those of this command', async () => {
  const own = { RESEND_API_KEY: 're_of_its_own' };
  const other = spawn('sleep', ['60'], { env: { ...own, PATH: process.env.PATH } });
  try {
    await once(other, 'spawn');
    expect(environmentOf(other.pid)).toMatchObject(existsSync('/proc') ? own : { PATH: process.env.PATH });
  } finally {
    other.kill();
  }
});
