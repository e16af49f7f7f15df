import { previewContract, refuse, type Request } from '@tenure/contracts';
import { testNats, type TestNats } from './index.js';

/** The message with a schema that takes anything: this is about who may ask and how it is answered. */
const anything = previewContract as Request;

describe('a NATS server for a spec', () => {
  let nats: TestNats;
  beforeAll(async () => {
    nats = await testNats();
  });
  afterAll(() => nats?.close());

  it('refuses a user what the contracts do not allow', async () => {
    const notifications = await nats.connect('notifications');
    await expect(notifications.request(`${anything.name}.notifications`, '{}', { timeout: 30_000 })).rejects.toThrow(
      'Permissions Violation',
    );
  });

  it('answers in place of a service that is not there, with a refusal too', async () => {
    const stop = await nats.answer({ ...anything, request: { parse: (body: unknown) => body } as never }, () => {
      throw refuse('not_found', 'No such account.');
    });
    await expect((await nats.ask('accounts')).ask(anything, {})).rejects.toMatchObject({ code: 'not_found' });
    await stop();
    await expect((await nats.ask('accounts')).ask(anything, {})).rejects.toMatchObject({ code: 'unavailable' });
  });
});
