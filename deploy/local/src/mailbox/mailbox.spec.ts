import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@tenure/testing';
import { startMailbox, type Mailbox } from './mailbox.js';

const email = {
  from: 'Tenure <tenure@mail.example>',
  to: 'sofia@solar-partner.example',
  subject: 'Hello',
  text: 'Hello.',
};
let now: Date;
let mailbox: Mailbox;

beforeEach(async () => {
  now = new Date('2027-01-15T08:00:00Z');
  mailbox = await startMailbox({ now: () => now });
});
afterEach(() => mailbox.stop());

async function post(at: string, body: unknown, headers: Record<string, string> = {}, box = mailbox) {
  const answer = await fetch(box.url + at, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { authorization: 'Bearer re_test', 'content-type': 'application/json', ...headers },
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}
async function get(at: string) {
  const answer = await fetch(mailbox.url + at, { headers: { authorization: 'Bearer re_test' } });
  return { status: answer.status, text: await answer.text() };
}

describe('an e-mail', () => {
  it('is accepted, and can be read back by its id', async () => {
    const { status, body } = await post('/emails', { ...email, tags: [{ name: 'notice', value: 'reminder-P1M' }] });
    expect(status).toBe(200);
    const read = JSON.parse((await get(`/emails/${String(body.id)}`)).text) as Record<string, unknown>;
    expect(read).toMatchObject({
      object: 'email',
      to: ['sofia@solar-partner.example'],
      subject: 'Hello',
      html: null,
      created_at: '2027-01-15T08:00:00.000Z',
      last_event: 'delivered',
      tags: [{ name: 'notice', value: 'reminder-P1M' }],
    });
  });

  it('is stored with all its fields', async () => {
    const sent = {
      ...email,
      from: ' Tenure <tenure@mail.example> ',
      to: Array.from({ length: 50 }, (_, at) => `sofia${at}@solar-partner.example`),
      cc: 'tom@grid-partner.example',
      bcc: ['one@grid-partner.example', 'Two <two@grid-partner.example>'],
      reply_to: 'office@grid-partner.example',
      html: '<p>Hello.</p>',
      text: null,
      headers: { 'List-Unsubscribe': '<https://platform.example/>' },
      tags: [{ name: 'n'.repeat(256), value: 'v'.repeat(256) }],
    };
    const { body } = await post('/emails', sent);
    const { to, html, text, headers, tags } = sent;
    expect(mailbox.emails()).toMatchObject([{ from: sent.from, to, html, text, headers, tags, subject: 'Hello' }]);
    const read = JSON.parse((await get(`/emails/${String(body.id)}`)).text) as Record<string, unknown>;
    const { cc, bcc, reply_to } = read;
    expect({ cc, bcc, reply_to }).toEqual({ cc: [sent.cc], bcc: sent.bcc, reply_to: [sent.reply_to] });
  });

  it('is listed, newest first, and not found by another id', async () => {
    for (const subject of ['First', 'Second']) await post('/emails', { ...email, subject });
    const list = JSON.parse((await get('/emails?limit=1')).text) as { data: object[] };
    expect(list).toMatchObject({ has_more: true, data: [{ subject: 'Second', cc: null, bcc: null, reply_to: null }] });
    expect((await get('/emails/another')).status).toBe(404);
  });

  it.each([
    [[email], 422, 'validation_error'],
    [{ ...email, to: undefined }, 422, 'missing_required_field'],
    [{ ...email, to: null }, 422, 'missing_required_field'],
    [{ ...email, subject: '' }, 422, 'missing_required_field'],
    [{ ...email, subject: 7 }, 422, 'validation_error'],
    [{ ...email, html: 7 }, 422, 'validation_error'],
    [{ ...email, from: ['tenure@mail.example'] }, 422, 'validation_error'],
    [{ ...email, from: 'tenure@mail' }, 422, 'validation_error'],
    [{ ...email, from: 'tenure@mail.example, tom@mail.example' }, 422, 'validation_error'],
    [{ ...email, from: 'Tenure <tenure@mail.example> and more' }, 422, 'validation_error'],
    [{ ...email, to: [7] }, 422, 'validation_error'],
    [{ ...email, cc: 'nobody' }, 422, 'validation_error'],
    [{ ...email, bcc: 'nobody' }, 422, 'validation_error'],
    [{ ...email, reply_to: 'nobody' }, 422, 'validation_error'],
    [{ ...email, to: Array.from({ length: 51 }, () => email.to) }, 422, 'validation_error'],
    [{ ...email, headers: { 'X-One': 1 } }, 422, 'validation_error'],
    [{ ...email, headers: ['X-One'] }, 422, 'validation_error'],
    [{ ...email, tags: { name: 'notice', value: 'a' } }, 422, 'validation_error'],
    [{ ...email, tags: ['notice'] }, 422, 'validation_error'],
    [{ ...email, tags: [{ name: 'notice' }] }, 422, 'validation_error'],
    [{ ...email, tags: [{ name: 'n'.repeat(257), value: 'a' }] }, 422, 'validation_error'],
    [{ ...email, attachments: [] }, 422, 'validation_error'],
    [{ ...email, scheduled_at: 'tomorrow' }, 422, 'validation_error'],
    [{ ...email, template: 'one' }, 422, 'validation_error'],
    [{ ...email, text: undefined }, 422, 'validation_error'],
    [{ ...email, from: 'Tenure' }, 422, 'validation_error'],
    [{ ...email, to: ['sofia@solar-partner.example', 'nobody'] }, 422, 'validation_error'],
    [{ ...email, tags: [{ name: 'notice', value: 'a b' }] }, 422, 'validation_error'],
    ['{', 400, 'validation_error'],
  ])('is refused when it is not right: %j', async (body, status, name) => {
    expect(await post('/emails', body)).toMatchObject({ status, body: { statusCode: status, name } });
    expect(mailbox.emails()).toEqual([]);
  });

  it('needs a key in Resend’s format', async () => {
    expect(await post('/emails', email, { authorization: '' })).toMatchObject({
      status: 401,
      body: { name: 'missing_api_key' },
    });
    expect(await post('/emails', email, { authorization: 'Bearer other' })).toMatchObject({
      status: 403,
      body: { name: 'invalid_api_key' },
    });
    expect(await post('/emails', email, { authorization: 'Bearer key_re_' })).toMatchObject({ status: 403 });
    expect(await post('/emails', email, { authorization: 'Basic re_test' })).toMatchObject({ status: 401 });
    expect(await post('/emails', email, { 'user-agent': '' })).toMatchObject({
      status: 403,
      body: { message: 'error code: 1010' },
    });
    expect(mailbox.emails()).toEqual([]);
  });
});

describe('a batch', () => {
  it('is answered with an id for each, in order', async () => {
    const { body } = await post('/emails/batch', [email, { ...email, subject: 'Second' }]);
    expect(body).toEqual({ data: mailbox.emails().map(({ id }) => ({ id })) });
    expect(mailbox.emails().map(({ subject }) => subject)).toEqual(['Hello', 'Second']);
  });

  it('is refused as a whole if one is invalid, which is named', async () => {
    expect(await post('/emails/batch', [email, { ...email, to: undefined }])).toMatchObject({
      status: 422,
      body: { name: 'missing_required_field', message: '[1] Missing `to` field.' },
    });
    expect(mailbox.emails()).toEqual([]);
  });

  it('has 1 to 100 e-mails', async () => {
    const batchOf = (length: number) => Array.from({ length }, () => email);
    for (const wrong of [batchOf(0), batchOf(101), email])
      expect(await post('/emails/batch', wrong)).toMatchObject({ status: 422, body: { name: 'validation_error' } });
    expect(mailbox.emails()).toEqual([]);
    expect((await post('/emails/batch', batchOf(100))).status).toBe(200);
  });
});

describe('an idempotency key', () => {
  const key = { 'idempotency-key': 'dispatch-1' };

  it('gets the same answer for the same payload, which is sent once', async () => {
    const first = await post('/emails', email, key);
    expect((await post('/emails', email, key)).body).toEqual(first.body);
    expect(mailbox.emails()).toHaveLength(1);
  });

  it('is ignored by a mailbox that forgets keys, which provokes duplicates', async () => {
    const box = await startMailbox({ forgetsKeys: true });
    await post('/emails', email, key, box);
    await post('/emails', email, key, box);
    expect(box.emails()).toHaveLength(2);
    await box.stop();
  });

  it('is refused with another payload', async () => {
    await post('/emails', email, key);
    const other = await post('/emails', { ...email, subject: 'Other' }, key);
    expect(other).toMatchObject({ status: 409, body: { name: 'invalid_idempotent_request' } });
  });

  it('is forgotten after 24 hours', async () => {
    await post('/emails', email, key);
    now = new Date('2027-01-16T07:59:59Z');
    await post('/emails', email, key);
    expect(mailbox.emails()).toHaveLength(1);
    now = new Date('2027-01-16T08:00:00Z');
    await post('/emails', email, key);
    expect(mailbox.emails()).toHaveLength(2);
  });

  it('has at most 256 characters', async () => {
    expect((await post('/emails', email, { 'idempotency-key': 'k'.repeat(256) })).status).toBe(200);
    expect(await post('/emails', email, { 'idempotency-key': 'k'.repeat(257) })).toMatchObject({
      status: 400,
      body: { name: 'invalid_idempotency_key' },
    });
  });

  it('sends once, however many requests are concurrent', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
    const box = await startMailbox({ file: path.join(folder, 'mail.ndjson'), requestsPerSecond: 1000 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/emails', email, key, box)));
    const names = answers.filter(({ status }) => status !== 200).map(({ body }) => body.name);
    expect(names.filter((name) => name !== 'concurrent_idempotent_requests')).toEqual([]);
    expect(box.emails()).toHaveLength(1);
    await box.stop();
    rmSync(folder, { recursive: true });
  });
});

describe('the rate', () => {
  it('is five requests a second, and the headers say so', async () => {
    for (const remaining of ['4', '3', '2', '1', '0']) {
      const { status, headers } = await post('/emails', email);
      expect([status, headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]).toEqual([
        200,
        '5',
        remaining,
      ]);
    }
    const refused = await post('/emails', email);
    expect(refused).toMatchObject({ status: 429, body: { name: 'rate_limit_exceeded' } });
    expect([refused.headers.get('retry-after'), refused.headers.get('ratelimit-remaining')]).toEqual(['1', '0']);
    now = new Date(now.getTime() + 999);
    expect((await post('/emails', email)).status).toBe(429);
    now = new Date(now.getTime() + 1);
    expect((await post('/emails', email)).status).toBe(200);
    expect(mailbox.emails()).toHaveLength(6);
  });
});

describe('what was accepted', () => {
  it('is still there after a crash, without the line that the crash cut off', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
    const file = path.join(folder, 'mail.ndjson');
    const before = await startMailbox({ file });
    const key = { 'idempotency-key': 'dispatch-1' };
    const { body } = await post('/emails', email, key, before);
    await before.stop();
    appendFileSync(file, '{"key":"dispatch-2","emails":[{"id"');
    for (const round of [1, 2]) {
      const after = await startMailbox({ file });
      expect((await post('/emails', email, key, after)).body).toEqual(body);
      await post('/emails', { ...email, subject: `Round ${round}` }, {}, after);
      expect(after.emails()).toHaveLength(1 + round);
      await after.stop();
    }
    rmSync(folder, { recursive: true });
  });
});

describe('a fault', () => {
  it('that breaks the connection accepts nothing', async () => {
    mailbox.setFault('down', 1);
    await expect(post('/emails', email)).rejects.toThrow('fetch failed');
    expect(mailbox.emails()).toEqual([]);
    expect((await post('/emails', email)).status).toBe(200);
  });

  it.each([
    ['swallows the answer', 'timeout-after-accept', /waited long enough/],
    ['breaks the connection before the answer', 'break-after-accept', /fetch failed/],
  ] as const)('that %s accepts the e-mail, and a retry gets its id', async (_, fault, said) => {
    mailbox.setFault(fault, 1);
    const patience = new AbortController();
    const given = fetch(`${mailbox.url}/emails`, {
      method: 'POST',
      body: JSON.stringify(email),
      headers: { authorization: 'Bearer re_test', 'idempotency-key': 'dispatch-1' },
      signal: patience.signal,
    });
    const failed = given.then(() => 'It was answered.', String);
    await eventually(() => expect(mailbox.emails()).toHaveLength(1));
    if (fault === 'timeout-after-accept') patience.abort(new Error('It has waited long enough.'));
    expect(await failed).toMatch(said);
    const repeat = await post('/emails', email, { 'idempotency-key': 'dispatch-1' });
    expect(repeat.body).toEqual({ id: mailbox.emails()[0]!.id });
  });

  it('can be set over HTTP, for a number of requests or until it is cleared', async () => {
    const statuses = async () => [(await post('/emails', email)).status, (await post('/emails', email)).status];
    await post('/api/faults', { mode: 'rate-limit' });
    expect(await statuses()).toEqual([429, 429]);
    await post('/api/faults', { mode: null });
    expect(await statuses()).toEqual([200, 200]);
    await post('/api/faults', { mode: 'rate-limit', times: 1 });
    expect(await statuses()).toEqual([429, 200]);
    expect((await post('/api/faults', { mode: 'other' })).status).toBe(422);
  });
});

describe('the page', () => {
  it('lists what was sent, newest first, and filters by recipient', async () => {
    await post('/emails', { ...email, subject: 'For Sofia' });
    expect((await get('/')).text).toContain('<p>1 e-mail</p>');
    await post('/emails', { ...email, to: 'Tom <tom@grid-partner.example>', subject: 'For Tom' });
    const all = (await get('/')).text;
    expect(all).toContain('<p>2 e-mails</p>');
    expect(all.indexOf('For Tom')).toBeLessThan(all.indexOf('For Sofia'));
    const filtered = (await get('/?to=tom@')).text;
    expect([filtered.includes('For Tom'), filtered.includes('For Sofia')]).toEqual([true, false]);
    const json = JSON.parse((await get('/api/emails?to=SOFIA@solar-partner.example')).text) as { subject: string }[];
    expect(json.map(({ subject }) => subject)).toEqual(['For Sofia']);
    expect(JSON.parse((await get('/api/emails?since=2027-01-15T08:00:01Z')).text)).toEqual([]);
  });

  it('shows an e-mail in a frame that runs no scripts', async () => {
    const { body } = await post('/emails', { ...email, subject: '<b>', html: '<script>alert("x")</script>' });
    const { text } = await get(`/mail/${String(body.id)}`);
    expect(text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;b&gt;');
  });
});
