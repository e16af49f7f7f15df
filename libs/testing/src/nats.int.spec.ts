import { previewContract, refuse, type Request } from '@tenure/contracts';
import { Nats } from '@tenure/platform';
import { forAllTests, testNats } from './index.js';

/** The message with a schema that accepts anything: these tests are about callers and answers. */
const anything = previewContract as Request;

describe('a NATS server for a spec', () => {
  const nats = forAllTests(testNats);

  it('denies a user what the contracts do not allow', async () => {
    const notifications = await nats.connect('notifications');
    await expect(notifications.request(`${anything.name}.notifications`, '{}', { timeout: 30_000 })).rejects.toThrow(
      'Permissions Violation',
    );
  });

  it('receives no password from a process if its address requires TLS and it has none', async () => {
    const { NATS_URL, NATS_USER: user, NATS_PASSWORD: password } = nats.environment('notifications');
    const url = NATS_URL.replace('nats://', 'tls://');
    await expect(Nats.connect({ url, user, password })).rejects.toThrow(
      `NATS at ${url} does not support TLS, which its address requires.`,
    );
  });

  it('that does not answer ends the start of a process, which says why', async () =>
    await expect(Nats.connect({ url: 'nats://127.0.0.1:1', user: 'accounts', password: 'any' }, 0)).rejects.toThrow(
      'NATS does not answer at nats://127.0.0.1:1: connection refused.',
    ));

  it('answers in place of a missing service, with refusals too', async () => {
    const stop = await nats.answer({ ...anything, request: { parse: (body: unknown) => body } as never }, () => {
      throw refuse('not_found', 'There is no such account.');
    });
    await expect((await nats.ask('accounts')).ask(anything, {})).rejects.toMatchObject({ code: 'not_found' });
    await stop();
    await expect((await nats.ask('accounts')).ask(anything, {})).rejects.toMatchObject({ code: 'unavailable' });
  });
});
