import { eventually } from '@tenure/testing';
import { ana, aPlan, toldOf } from '../spec/answers.js';
import { aReminder, setStage, type Stage } from '../spec/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await stage.start();
  stage.others.told = () => toldOf({ recipients: [ana] });
}, 120_000);
afterAll(() => stage.close());

/** A reminder that is due a week before the last day, while the provider does not answer. */
async function dueWhileAway() {
  stage.others.plan = () => aPlan({ daysLeft: 7 });
  await stage.provider.down();
  const reminder = aReminder();
  await stage.request(reminder);
  await eventually(async () => expect(await waiting(reminder.key)).toMatchObject([{ status: 'planned', tried: true }]));
  // It has waited for two days: since then it was tried each few minutes.
  await stage.database.sql(
    `update notifications.notices set requested_at = requested_at - interval '2 days', failures = 500 where key = $1`,
    [reminder.key],
  );
  return reminder;
}

const waiting = (key: string) =>
  stage.database.sql('select status, failures > 0 as tried from notifications.notices where key = $1', [key]);
const soon = (key: string) =>
  stage.database.sql(`update notifications.notices set attempt_at = now() where key = $1`, [key]);

describe('a provider that is away for two days around a reminder', () => {
  it('gets it when it is back, with the days that are left then', async () => {
    const { key } = await dueWhileAway();
    stage.others.plan = () => aPlan({ daysLeft: 5 });
    await stage.provider.up();
    await soon(key);
    expect(await stage.ended(key)).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [{ email: ana.email, status: 'sent', reason: null }],
    });
    expect(stage.emailsOf(key).map(({ subject }) => subject)).toEqual(['«Solar Park» caduca dentro de 5 días']);
  }, 30_000);

  it('does not get what is no longer true; that and why is on record', async () => {
    const { key } = await dueWhileAway();
    stage.others.plan = () => aPlan({ current: false, reason: 'superseded' });
    await stage.provider.up();
    await soon(key);
    expect(await stage.ended(key)).toMatchObject({ status: 'skipped', reason: 'superseded' });
    expect(stage.emailsOf(key)).toEqual([]);
    expect(
      await stage.database.sql(
        `select action, details ->> 'reason' as reason from notifications.audit
         where details ->> 'key' = $1 and action like 'notice.%' order by audit_id`,
        [key],
      ),
    ).toEqual([
      { action: 'notice.requested', reason: null },
      { action: 'notice.skipped', reason: 'superseded' },
    ]);
  }, 30_000);

  it('is tried again within minutes, however long it was away', async () => {
    const { key } = await dueWhileAway();
    await soon(key);
    await eventually(async () =>
      expect(
        await stage.database.sql(
          `select attempt_at > now() and attempt_at < now() + interval '7 minutes' as soon
           from notifications.notices where key = $1 and failures > 500`,
          [key],
        ),
      ).toEqual([{ soon: true }]),
    );
    await stage.provider.up();
  }, 30_000);
});
