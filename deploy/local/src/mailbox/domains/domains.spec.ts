import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Resend } from 'resend';
import { startMailbox, type Mailbox, type MailboxOptions } from '../mailbox.js';

const email = { from: 'Solar <x@mail.solar.example>', to: 'sofia@solar.example', subject: 'Hello', text: 'Hello.' };
const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
const file = path.join(folder, 'mail.ndjson');
let mailbox: Mailbox;
let resend: Resend;
async function start(options: MailboxOptions = {}) {
  mailbox = await startMailbox({ requestsPerSecond: 1000, ownDomains: ['platform.example'], ...options });
  resend = new Resend('re_test', { baseUrl: mailbox.url });
}
afterEach(() => mailbox.stop());
afterAll(() => rmSync(folder, { recursive: true }));

describe("Resend's own client", () => {
  it('adds a domain, verifies it, sends from it, and removes it', async () => {
    await start();
    expect((await resend.emails.send(email)).error).toEqual({
      statusCode: 403,
      name: 'validation_error',
      message:
        'The mail.solar.example domain is not verified. Please, add and verify your domain on https://resend.com/domains',
    });
    const { data: added } = await resend.domains.create({ name: 'mail.solar.example' });
    expect(added).toMatchObject({ name: 'mail.solar.example', status: 'not_started', region: 'eu-west-1' });
    expect(added!.records.map(({ record, type, status }) => [record, type, status])).toEqual([
      ['SPF', 'MX', 'not_started'],
      ['SPF', 'TXT', 'not_started'],
      ['DKIM', 'TXT', 'not_started'],
    ]);
    const { id } = added!;
    expect((await resend.domains.verify(id)).data).toEqual({ object: 'domain', id });
    expect((await resend.domains.get(id)).data).toMatchObject({ object: 'domain', status: 'pending' });
    mailbox.setRecords('mail.solar.example', 'right');
    expect((await resend.domains.get(id)).data!.status).toBe('verified');
    expect((await resend.emails.send(email)).error).toBeNull();
    expect((await resend.domains.remove(id)).data).toEqual({ object: 'domain', id, deleted: true });
    expect((await resend.domains.get(id)).error).toMatchObject({ statusCode: 404, name: 'not_found' });
    expect((await resend.emails.send(email)).error?.statusCode).toBe(403);
  });

  it('may send from the platform’s own domain without adding it', async () => {
    await start();
    expect((await resend.emails.send({ ...email, from: 'accounts@platform.example' })).error).toBeNull();
  });

  it('is refused a batch in which one sender is not verified', async () => {
    await start();
    const own = { ...email, from: 'accounts@platform.example' };
    expect((await resend.batch.send([own, email])).error).toMatchObject({ statusCode: 403, name: 'validation_error' });
    expect(mailbox.emails()).toEqual([]);
  });

  it('is refused a domain that was already added, and an invalid one', async () => {
    await start();
    await resend.domains.create({ name: 'solar.example' });
    expect((await resend.domains.create({ name: 'SOLAR.example' })).error).toMatchObject({
      statusCode: 403,
      name: 'validation_error',
      message: 'The solar.example domain has been registered already.',
    });
    for (const name of ['solar', '192.0.2.1', 'a b.example', 'solar.example/x', `${'a'.repeat(64)}.example`])
      expect((await resend.domains.create({ name })).error).toMatchObject({
        statusCode: 422,
        name: 'validation_error',
      });
    expect((await resend.domains.create({ name: '' })).error).toMatchObject({
      statusCode: 422,
      name: 'missing_required_field',
    });
    for (const name of [`${'a'.repeat(63)}.example`, 'ab.example'])
      expect((await resend.domains.create({ name })).error).toBeNull();
  });

  it('lists page by page, newest first', async () => {
    await start();
    for (const name of ['a.example', 'b.example', 'c.example']) await resend.domains.create({ name });
    const { data: first } = await resend.domains.list({ limit: 2 });
    expect([first!.has_more, ...first!.data.map(({ name }) => name)]).toEqual([true, 'c.example', 'b.example']);
    const { data: second } = await resend.domains.list({ limit: 2, after: first!.data[1]!.id });
    expect([second!.has_more, ...second!.data.map(({ name }) => name)]).toEqual([false, 'a.example']);
  });
});

it('A domain survives a restart of the mailbox, and is permanently gone once it was removed', async () => {
  await start({ file });
  const { data: added } = await resend.domains.create({ name: 'solar.example' });
  await mailbox.stop();
  await start({ file });
  expect((await resend.domains.get(added!.id)).data).toEqual({ object: 'domain', ...added });
  expect((await resend.domains.remove('another')).error).toMatchObject({ statusCode: 404, name: 'not_found' });
  await resend.domains.remove(added!.id);
  await mailbox.stop();
  await start({ file });
  expect((await resend.domains.list()).data!.data).toEqual([]);
});

it('A tester sets the records on a page, or over HTTP', async () => {
  await start();
  const { data: added } = await resend.domains.create({ name: 'solar.example' });
  await resend.domains.verify(added!.id);
  const read = async () => (await fetch(`${mailbox.url}/mail-domains`)).text();
  expect(await read()).toContain('solar.example: pending');
  const set = (body: Record<string, string>) =>
    fetch(`${mailbox.url}/mail-domains/${added!.id}`, { method: 'POST', body: new URLSearchParams(body) });
  await set({ record: 'all', finding: 'right' });
  expect(await read()).toContain('solar.example: verified');
  await set({ record: '2', finding: 'wrong' });
  expect(await read()).toContain('solar.example: temporary_failure');
  await set({ patience: 'over' });
  expect(await read()).toContain('solar.example: failed');
  await resend.domains.verify(added!.id);
  const answer = await fetch(`${mailbox.url}/api/domains/SOLAR.example/records`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ finding: 'right' }),
  });
  expect(await answer.json()).toMatchObject({ name: 'solar.example', status: 'verified' });
});
