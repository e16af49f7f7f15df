import type { Resend } from 'resend';
import { outcomeOf } from '../domain/attempt.js';
import type { Settings } from '../settings.js';
import { resendAnswering } from '../testing/resend-answering.js';
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
    'was possibly accepted if it was answered 200 with %s, which does not name every e-mail',
    async (body) => {
      const email = { request: { from: 'a', to: 'b', subject: 'c', text: 'd' } } as never;
      const { answer } = await resendAnswering({ body }, async (resend) => {
        const provider = new Provider(resend, { timeoutSeconds: 5 } as Settings);
        try {
          return await provider.send({ dispatchId: 'one', emails: Array.from({ length: size }, () => email) });
        } finally {
          provider.onApplicationShutdown();
        }
      });
      expect(outcomeOf(answer)).toEqual({ kind: 'unclear', reason: 'no_answer' });
    },
  );
});
