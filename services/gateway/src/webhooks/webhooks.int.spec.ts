import { request as httpRequest } from 'node:http';
import { problem, recordManyDeliveryReports, refuse } from '@tenure/contracts';
import { forAllTests, startTestService, type TestService } from '@tenure/testing';
import { Webhook } from 'svix';
import { call } from '../testing/call.js';
import { gatewayFor } from '../testing/gateway.js';
import { setStage } from '../testing/stage.js';

const secret = `whsec_${Buffer.from('a secret of this test').toString('base64')}`;
const delivered = JSON.stringify({
  type: 'email.delivered',
  created_at: '2026-11-24T09:00:01.000Z',
  data: { email_id: 'email-1', tags: { delivery: '0198c2f4-0000-7000-8000-000000000007' } },
});

const stage = forAllTests(() =>
  setStage({ environment: { RESEND_WEBHOOK_SECRET: secret, RATE_LIMIT_FORGED: '1000' } }),
);
beforeEach(() => stage.services.reset());

const start = (environment: Record<string, string>) =>
  startTestService({ nats: stage.nats, ...gatewayFor({ issuer: stage.issuer.issuer, environment }) });

interface Signing {
  id?: string;
  at?: Date;
  with?: string;
  headers?: Record<string, string>;
}

/** Sends a webhook, signed as Resend does unless told otherwise. */
function send(
  body: string,
  { id = 'msg_1', at = new Date(), with: key = secret, headers }: Signing = {},
  to = stage.gateway,
) {
  return call(to.url!, 'POST /api/webhooks/resend', {
    body,
    headers: {
      'svix-id': id,
      'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
      'svix-signature': new Webhook(key).sign(id, at, body),
      ...headers,
    },
  });
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe('a webhook', () => {
  it('is answered once its report is stored', async () => {
    let stored = false;
    stage.services.answer(recordManyDeliveryReports, () => {
      stored = true;
      return { items: [{ answer: { known: true } }] };
    });
    const reply = await send(delivered);
    expect([reply.status, reply.body, stored]).toEqual([200, {}, true]);
    expect(stage.services.asked).toEqual([
      {
        name: recordManyDeliveryReports.name,
        request: {
          asks: [
            {
              reportId: 'msg_1',
              kind: 'delivered',
              at: '2026-11-24T09:00:01.000Z',
              providerId: 'email-1',
              deliveryId: '0198c2f4-0000-7000-8000-000000000007',
              permanent: false,
              words: null,
            },
          ],
        },
      },
    ]);
  });

  it('is also answered 200 if the e-mail is not ours or it is about no e-mail', async () => {
    stage.services.answer(recordManyDeliveryReports, () => ({ items: [{ answer: { known: false } }] }));
    expect((await send(delivered)).status).toBe(200);
    expect((await send('{"type":"contact.created","data":{}}')).status).toBe(200);
    expect(stage.services.passedOn).toEqual([recordManyDeliveryReports.name]);
  });

  it('is refused while it cannot be stored, so that Resend retries it', async () => {
    stage.services.answer(recordManyDeliveryReports, () => {
      throw refuse('busy', 'Too much at once.');
    });
    const reply = await send(delivered);
    expect([reply.status, reply.problem.code]).toEqual([503, 'busy']);
  });

  it('that arrives with others is answered by its own outcome', async () => {
    stage.services.answer(recordManyDeliveryReports, ({ asks }) => ({
      items: asks.map(({ reportId }) =>
        reportId === 'msg_3' ? { problem: problem('internal', 'Not this one.') } : { answer: { known: true } },
      ),
    }));
    const ids = Array.from({ length: 12 }, (_, index) => `msg_${index}`);
    const replies = await Promise.all(ids.map((id) => send(delivered, { id })));
    expect(replies.map(({ status }) => status)).toEqual(ids.map((id) => (id === 'msg_3' ? 500 : 200)));
    const told = stage.services.asked.map(({ request }) =>
      (request as { asks: { reportId: string }[] }).asks.map(({ reportId }) => reportId),
    );
    expect(told.flat().sort()).toEqual(ids.toSorted());
  });

  it('that is signed but cannot be parsed is refused, so that it is not lost', async () => {
    const reply = await send('{"type":"email.sent"}');
    expect([reply.status, reply.problem.code, stage.services.asked]).toEqual([422, 'invalid', []]);
  });

  // Relative to when it is sent, not to when this table is built.
  it.each<[string, () => Signing, string?]>([
    ['signed with another secret', () => ({ with: `whsec_${Buffer.from('some other secret').toString('base64')}` })],
    ['older than five minutes', () => ({ at: minutesAgo(6) })],
    ['from the future', () => ({ at: minutesAgo(-6) })],
    ['without a signature', () => ({ headers: { 'svix-signature': '' } })],
    ['with the signature of another webhook', () => ({ headers: { 'svix-id': 'msg_2' } })],
    [
      'with a later time than it was signed for',
      () => ({ headers: { 'svix-timestamp': String(Math.floor(Date.now() / 1000) + 60) } }),
    ],
    ['with a made-up signature and no JSON', () => ({ headers: { 'svix-signature': 'v1,x' } }), '{'],
  ])('%s is refused before it is parsed', async (_, signing, body = delivered) => {
    const reply = await send(body, signing());
    expect([reply.status, reply.body]).toEqual([
      403,
      problem('forbidden', 'The signature is not valid, or the webhook is too old.'),
    ]);
    expect(stage.services.asked).toEqual([]);
  });

  it('whose body was changed by one byte is refused', async () => {
    const reply = await send(delivered, {
      headers: { 'svix-signature': new Webhook(secret).sign('msg_1', new Date(), `${delivered} `) },
    });
    expect([reply.status, stage.services.asked]).toEqual([403, []]);
  });

  it('of more than 64 KiB is refused, signed or not', async () => {
    const reply = await send(JSON.stringify({ type: 'email.sent', padding: 'x'.repeat(65_536) }));
    expect([reply.status, reply.problem.code, stage.services.asked]).toEqual([413, 'payload_too_large', []]);
  });

  it('is answered not_found without a secret', async () => {
    const without = await start({});
    const reply = await send(delivered, {}, without);
    expect([reply.status, reply.problem.code, stage.services.asked]).toEqual([404, 'not_found', []]);
    await without.close();
  });
});

describe('a flood', () => {
  it('of forged or too large webhooks costs a few checks, then none; nothing is passed on', async () => {
    const flooded = await start({ RESEND_WEBHOOK_SECRET: secret, RATE_LIMIT_FORGED: '3' });
    const forged = [(await send('x'.repeat(65_537), {}, flooded)).status];
    for (let count = 1; count < 20; count += 1)
      forged.push((await send(delivered, { headers: { 'svix-signature': 'v1,x' } }, flooded)).status);
    expect(forged).toEqual([413, 403, 403, ...Array<number>(17).fill(429)]);
    expect(stage.services.asked).toEqual([]);
    // Its body is not even read: one that never ends is answered immediately.
    expect(await answerBeforeTheBodyEnds(flooded)).toBe(429);
    await flooded.close();
  });

  // Any customer of the same provider can have webhooks sent here from the provider's addresses, signed with another secret.
  it('of forged ones from an address that has sent a valid one does not block the next valid one', async () => {
    const shared = await start({ RESEND_WEBHOOK_SECRET: secret, RATE_LIMIT_FORGED: '3' });
    const statuses = [(await send(delivered, {}, shared)).status];
    for (let count = 0; count < 6; count += 1)
      statuses.push((await send(delivered, { headers: { 'svix-signature': 'v1,x' } }, shared)).status);
    statuses.push((await send(delivered, { id: 'msg_2' }, shared)).status);
    expect(statuses).toEqual([200, ...Array<number>(6).fill(403), 200]);
    await shared.close();
  });

  it('of valid ones is not limited: thousands of e-mails are reported from a few addresses', async () => {
    const busy = await start({ RESEND_WEBHOOK_SECRET: secret, RATE_LIMIT_FORGED: '3', RATE_LIMIT_ADDRESS: '5' });
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, count) => send(delivered, { id: `msg_${count}` }, busy)),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
    await busy.close();
  });
});

/** The status of the answer to a request whose body is announced but never sent. */
function answerBeforeTheBodyEnds({ url }: TestService): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL('/api/webhooks/resend', url), {
      method: 'POST',
      headers: { 'content-length': '1000' },
    });
    request.once('error', reject);
    request.once('response', ({ statusCode }) => {
      request.destroy();
      resolve(statusCode);
    });
    request.flushHeaders();
  });
}
