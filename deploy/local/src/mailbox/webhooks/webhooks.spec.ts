import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@tenure/testing';
import { Resend, type WebhookEventPayload } from 'resend';
import { startMailbox, type Mailbox } from '../mailbox.js';

const secret = `whsec_${Buffer.from('a secret of this test').toString('base64')}`;
const resend = new Resend('re_test');

let receiver: Server;
let url: string;
let mailbox: Mailbox;
/** What the receiver accepted, its signature verified by Resend's own SDK. */
let heard: (WebhookEventPayload & { webhookId: string })[];
let status: number;
let folder: string;
beforeAll(async () => {
  receiver = createServer((request, response) => {
    let payload = '';
    request.on('data', (part: Buffer) => (payload += part.toString()));
    request.on('end', () => {
      const header = (name: string) => String(request.headers[`svix-${name}`]);
      const headers = { id: header('id'), timestamp: header('timestamp'), signature: header('signature') };
      const event = resend.webhooks.verify({ payload, headers, webhookSecret: secret });
      if (status === 200) heard.push({ ...event, webhookId: headers.id });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(() => receiver.close());
beforeEach(async () => {
  [heard, status] = [[], 200];
  folder = mkdtempSync(path.join(tmpdir(), 'webhooks-'));
  mailbox = await startMailbox({ requestsPerSecond: 1000, webhooks: { url, secret } });
});
afterEach(async () => {
  await mailbox.stop();
  rmSync(folder, { recursive: true });
});

async function send(to: string, key?: string): Promise<string> {
  const answer = await fetch(`${mailbox.url}/emails`, {
    method: 'POST',
    body: JSON.stringify({
      from: 'Tenure <tenure@mail.example>',
      to,
      subject: 'Hello',
      text: 'Hello.',
      tags: [{ name: 'delivery', value: 'one' }],
    }),
    headers: { authorization: 'Bearer re_test', ...(key !== undefined && { 'idempotency-key': key }) },
  });
  return ((await answer.json()) as { id: string }).id;
}

const types = () => heard.map(({ type }) => type).sort();
const hears = (...expected: string[]) =>
  eventually(() => expect(types()).toEqual(expected.map((type) => `email.${type}`)));

describe('an e-mail', () => {
  it.each([
    ['sofia@solar-partner.example', ['delivered', 'sent']],
    ['delivered+one@resend.dev', ['delivered', 'sent']],
    ['bounced@resend.dev', ['bounced', 'sent']],
    ['complained@resend.dev', ['complained', 'delivered', 'sent']],
    ['suppressed@resend.dev', ['suppressed']],
  ])('to %s sends these webhooks, signed, with its tags: %j', async (to, expected) => {
    const id = await send(to);
    await hears(...expected);
    for (const event of heard) expect(event.data).toMatchObject({ email_id: id, tags: { delivery: 'one' }, to: [to] });
  });

  it.each([
    ['delivery_delayed', ['delivery_delayed', 'sent']],
    ['soft_bounced', ['bounced', 'delivery_delayed', 'sent']],
    ['clicked', ['clicked', 'delivered', 'opened', 'sent']],
    ['failed', ['failed']],
  ] as const)('to an address whose outcome is set to %s sends these webhooks: %j', async (outcome, expected) => {
    mailbox.setOutcome('Sofia@solar-partner.example', outcome);
    const id = await send('Sofia <sofia@solar-partner.example>');
    await hears(...expected);
    expect(new Set(heard.map(({ data }) => (data as { email_id: string }).email_id))).toEqual(new Set([id]));
  });

  it('says whether a bounce is permanent', async () => {
    mailbox.setOutcome('sofia@solar-partner.example', 'soft_bounced');
    await Promise.all([send('sofia@solar-partner.example'), send('bounced@resend.dev')]);
    await eventually(() => expect(heard).toHaveLength(5));
    const bounces = heard.flatMap((event) => (event.type === 'email.bounced' ? [event.data.bounce.type] : []));
    expect(bounces.sort()).toEqual(['Permanent', 'Transient']);
  });

  it('that repeats its key sends no webhooks again; a later event does when it is triggered', async () => {
    const id = await send('sofia@solar-partner.example', 'one');
    await hears('delivered', 'sent');
    expect(await send('sofia@solar-partner.example', 'one')).toBe(id);
    await mailbox.tell(id, 'complained');
    await hears('complained', 'delivered', 'sent');
  });
});

it('a webhook that is not answered with 200 is sent again, under the same id, until it is', async () => {
  status = 503;
  await send('sofia@solar-partner.example');
  const answers = { after: 0 };
  receiver.on('request', () => (answers.after += 1));
  await eventually(() => expect(answers.after).toBeGreaterThan(3));
  expect(heard).toEqual([]);
  status = 200;
  await hears('delivered', 'sent');
  expect(new Set(heard.map(({ webhookId }) => webhookId)).size).toBe(2);
});

describe('a mailbox that is stopped', () => {
  beforeEach(() => startAgain());

  async function startAgain(): Promise<void> {
    await mailbox.stop();
    mailbox = await startMailbox({ webhooks: { url, secret }, file: path.join(folder, 'mail.ndjson') });
  }

  it('sends unanswered webhooks when it starts again, under the same ids', async () => {
    status = 503;
    const tried = new Set<string>();
    const note = ({ headers }: IncomingMessage) => tried.add(String(headers['svix-id']));
    receiver.on('request', note);
    const id = await send('sofia@solar-partner.example');
    await mailbox.tell(id, 'complained');
    await eventually(() => expect(tried.size).toBe(3));
    receiver.off('request', note);

    status = 200;
    await startAgain();
    await hears('complained', 'delivered', 'sent');
    expect(new Set(heard.map(({ webhookId }) => webhookId))).toEqual(tried);
  });

  it('does not send answered webhooks again', async () => {
    await send('sofia@solar-partner.example');
    await hears('delivered', 'sent');
    await startAgain();
    await send('suppressed@resend.dev');
    await eventually(() => expect(types()).toContain('email.suppressed'));
    expect(types()).toEqual(['email.delivered', 'email.sent', 'email.suppressed']);
  });
});
