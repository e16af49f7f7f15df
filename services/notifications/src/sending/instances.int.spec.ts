import type { TestService } from '@tenure/testing';
import { forAllTests } from '@tenure/testing';
import { ana, aPlan, ben, toldOf } from '../testing/answers.js';
import { aReminder, setStage, shortLease } from '../testing/stage.js';

const stage = forAllTests(setStage);
beforeEach(() => stage.reset());

it('two concurrent senders send each of thirty notices once to each recipient', async () => {
  stage.others.told = () => toldOf({ recipients: [ana, ben] });
  const reminders = Array.from({ length: 30 }, () => aReminder());
  for (const reminder of reminders) await stage.store(reminder);
  const senders = await Promise.all([stage.start(), stage.start()]);
  for (const { key } of reminders)
    expect(await stage.ended(key)).toMatchObject({
      status: 'sent',
      deliveries: [{ status: 'sent' }, { status: 'sent' }],
    });
  expect(
    reminders.map(({ key }) =>
      stage
        .emailsOf(key)
        .map(({ to }) => to[0]!)
        .sort(),
    ),
  ).toEqual(reminders.map(() => [ana.email, ben.email]));
  await Promise.all(senders.map((sender) => sender.close()));
});

describe('a single sender that was paused beyond its lease asks again', () => {
  let sender: TestService;
  beforeAll(async () => {
    // It claims nothing more while it works on one batch.
    sender = await stage.start({ SEND_AT_ONCE: '1' });
  });
  afterAll(() => sender.close());
  /** It has outdated answers, and its lease on the notice has expired by then. */
  const stopWhileItAsks = (): void => {
    stage.others.plan = async () => {
      stage.others.plan = () => aPlan({ current: false, reason: 'renewed' });
      await stage.leasesEnd();
      return aPlan({ daysLeft: 7 });
    };
  };

  it('about a notice', async () => {
    stopWhileItAsks();
    const reminder = aReminder();
    const { key } = reminder;
    await stage.request(reminder);
    expect(await stage.ended(key)).toEqual({ status: 'skipped', reason: 'renewed', deliveries: [] });
    expect(stage.emailsOf(key)).toEqual([]);
  });

  it('about a dispatch that may have been accepted', async () => {
    const key = await stage.maybeTaken(async () => stopWhileItAsks());
    expect(await stage.ended(key)).toMatchObject({ deliveries: [{ status: 'unknown', reason: 'renewed' }] });
    expect(stage.emailsOf(key)).toEqual([]);
  });
});

it('a sender that was too slow finds that another one has taken over, and stops', async () => {
  const senders = await Promise.all([stage.start(shortLease), stage.start(shortLease)]);
  const reminder = aReminder();
  let asked = 0;
  let release = (): void => undefined;
  // The first answer comes only when the second sender is done.
  stage.others.plan = () => {
    asked += 1;
    if (asked > 1) return aPlan({ daysLeft: 7 });
    return new Promise((resolve) => (release = () => resolve(aPlan({ daysLeft: 7 }))));
  };
  await stage.request(reminder);
  expect(await stage.ended(reminder.key)).toMatchObject({ status: 'sent' });
  release();
  // They finish what they have begun.
  await Promise.all(senders.map((sender) => sender.close()));
  expect(await stage.ended(reminder.key)).toMatchObject({ status: 'sent', deliveries: [{ status: 'sent' }] });
  expect(stage.emailsOf(reminder.key)).toHaveLength(1);
  expect(asked).toBeGreaterThan(1);
});

it('an instance starts although the stream of events has other settings, which it may not change', async () => {
  const connection = await stage.nats.connect();
  const ask = async (verb: string, settings?: object) =>
    (await connection.request(`$JS.API.STREAM.${verb}.EVENTS`, JSON.stringify(settings))).json<{
      config: { discard: string };
    }>();
  const first = await stage.start();
  await ask('UPDATE', { ...(await ask('INFO')).config, discard: 'old' });
  const second = await stage.start();
  expect([await second.health.state(), (await ask('INFO')).config.discard]).toEqual([
    { reasons: [], notes: [] },
    'old',
  ]);
  await Promise.all([first.close(), second.close()]);
});
