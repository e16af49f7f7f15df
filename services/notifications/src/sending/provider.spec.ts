import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Resend } from 'resend';
import { outcomeOf } from '../domain/attempt.js';
import type { Settings } from '../settings.js';
import { Provider } from './provider.js';

/** The result of an answer with these headers. */
async function replyTo(answer: object) {
  const headers = { 'ratelimit-limit': '5', 'retry-after': '3' };
  const resend = { emails: { send: async () => ({ ...answer, headers }) } } as unknown as Resend;
  const provider = new Provider(resend, { timeoutSeconds: 1 } as Settings);
  const {
    answer: { providerIds },
    said,
  } = await provider.send({ dispatchId: 'one', emails: [{ request: {} } as never] });
  provider.onApplicationShutdown();
  return { taken: providerIds, ...said };
}

it('a pause counts in a refusal, not in an acceptance', async () => {
  const error = { name: 'rate_limit_exceeded', statusCode: 429, message: 'Too many requests' };
  expect(await replyTo({ data: null, error })).toEqual({ taken: null, retryAfterSeconds: 3, limit: 5 });
  expect(await replyTo({ data: { id: 'a' }, error: null })).toEqual({
    taken: ['a'],
    retryAfterSeconds: null,
    limit: 5,
  });
});

describe.each([1, 2])('a request for %i', (size) => {
  it.each(['<h1>Maintenance</h1>', 'null', '{}', '{"id":""}', '{"data":[{},{}]}', '{"data":[{"id":"a"},{"id":null}]}'])(
    'was possibly accepted if it was answered 200 with %s, which names not every e-mail',
    async (body) => {
      const server = createServer((request, response) => request.resume().on('end', () => response.end(body)));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const provider = new Provider(new Resend('re_test', { baseUrl }), { timeoutSeconds: 5 } as Settings);
      try {
        const emails = Array.from({ length: size }, () => ({
          request: { from: 'a', to: 'b', subject: 'c', text: 'd' },
        }));
        const { answer } = await provider.send({ dispatchId: 'one', emails: emails as never });
        expect(outcomeOf(answer)).toEqual({ kind: 'unclear', reason: 'no_answer' });
      } finally {
        provider.onApplicationShutdown();
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
    },
  );
});
