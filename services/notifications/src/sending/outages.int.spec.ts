import { refuse } from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { ana, aPlan, toldOf } from '../testing/answers.js';
import { anApplicationNotice, aReminder, stageWithService } from '../testing/stage.js';

const stage = stageWithService();

const delivery = (status: string, reason: string | null = null) => ({ email: ana.email, status, reason });
const waitsFor = (key: string, reason: string) =>
  eventually(async () =>
    expect(
      await stage.database.sql(
        `select d.reason from notifications.deliveries d join notifications.notices n using (notice_id)
         where n.key = $1 and d.status = 'planned'`,
        [key],
      ),
    ).toEqual([{ reason }]),
  );

describe('when there is no connection to the provider', () => {
  it('nothing was accepted: the dispatch is dissolved, and the e-mail is checked and rendered again, and sent once', async () => {
    await stage.provider.down();
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.heldUp(reminder.key, 1, async () => {
      expect(await stage.dispatchesOf(reminder.key)).toEqual([]);
      stage.others.plan = () => aPlan({ daysLeft: 6 });
    });
    expect(await stage.ended(reminder.key)).toEqual({ status: 'sent', reason: null, deliveries: [delivery('sent')] });
    expect(stage.emailsOf(reminder.key).map(({ subject }) => subject)).toEqual([
      '«Solar Park» caduca dentro de 6 días',
    ]);
    expect(await stage.dispatchesOf(reminder.key)).toEqual([{ status: 'sent', attempts: 1, size: 1 }]);
  });

  it('and the plan is dropped meanwhile, the notice is skipped', async () => {
    await stage.provider.down();
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.heldUp(reminder.key, 1, () => {
      stage.others.plan = () => aPlan({ current: false, reason: 'renewed' });
    });
    expect(await stage.ended(reminder.key)).toEqual({
      status: 'skipped',
      reason: 'renewed',
      deliveries: [delivery('skipped', 'renewed')],
    });
    expect(stage.emailsOf(reminder.key)).toEqual([]);
  });
});

describe('when the provider accepts an e-mail and its answer is lost', () => {
  it('the e-mail is repeated under its key until the answer comes, and arrives once', async () => {
    stage.provider.setFault('break-after-accept', 1);
    const reminder = aReminder();
    await stage.request(reminder);
    expect(await stage.ended(reminder.key)).toEqual({ status: 'sent', reason: null, deliveries: [delivery('sent')] });
    expect(stage.emailsOf(reminder.key)).toHaveLength(1);
    expect(await stage.dispatchesOf(reminder.key)).toEqual([{ status: 'sent', attempts: 2, size: 1 }]);
  });

  it('no calendar address is created for the repeat, which is already rendered', async () => {
    stage.provider.setFault('break-after-accept', 1);
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.ended(reminder.key);
    const asks = stage.asked.recipients.filter(({ accountId }) => accountId === reminder.accountId);
    expect(asks.map(({ calendar }) => calendar ?? false)).toEqual([true, false]);
  });

  it('and the connection then fails for a while, it is still repeated under its key', async () => {
    stage.provider.setFault('break-after-accept');
    const reminder = aReminder();
    await stage.request(reminder);
    await waitsFor(reminder.key, 'no_answer');
    await stage.provider.down();
    await waitsFor(reminder.key, 'no_connection');
    const [open, ...others] = await stage.dispatchesOf(reminder.key);
    expect([open, others]).toEqual([{ status: 'open', attempts: expect.any(Number), size: 1 }, []]);
    expect(open!.attempts).toBeGreaterThan(1);
    await stage.provider.up();
    expect(await stage.ended(reminder.key)).toEqual({ status: 'sent', reason: null, deliveries: [delivery('sent')] });
    expect(stage.emailsOf(reminder.key)).toHaveLength(1);
  });

  it('and the plan is dropped before it can be repeated, the delivery ends as unknown', async () => {
    stage.provider.setFault('break-after-accept', 1);
    const reminder = aReminder();
    stage.others.plan = () =>
      stage.emailsOf(reminder.key).length === 0 ? aPlan() : aPlan({ current: false, reason: 'renewed' });
    await stage.request(reminder);
    expect(await stage.ended(reminder.key)).toEqual({
      status: 'failed',
      reason: 'unknown',
      deliveries: [delivery('unknown', 'renewed')],
    });
    expect(stage.emailsOf(reminder.key)).toHaveLength(1);
  });

  it('and its key has expired after 24 hours, it is not repeated', async () => {
    stage.provider.setFault('break-after-accept');
    const reminder = aReminder();
    await stage.request(reminder);
    await waitsFor(reminder.key, 'no_answer');
    await stage.keyEnds(reminder.key);
    expect(await stage.ended(reminder.key)).toEqual({
      status: 'failed',
      reason: 'unknown',
      deliveries: [delivery('unknown', 'no_answer')],
    });
    expect(await stage.dispatchesOf(reminder.key)).toEqual([
      { status: 'unknown', attempts: expect.any(Number), size: 1 },
    ]);
    expect(stage.emailsOf(reminder.key)).toHaveLength(1);
  });
});

it('a request whose connection breaks is repeated under its key, since it may have been accepted', async () => {
  stage.provider.setFault('down', 1);
  const reminder = aReminder();
  await stage.request(reminder);
  await stage.ended(reminder.key);
  expect(stage.emailsOf(reminder.key)).toHaveLength(1);
  expect(await stage.dispatchesOf(reminder.key)).toEqual([{ status: 'sent', attempts: 2, size: 1 }]);
});

it('an e-mail beyond the rate limit is rendered again after the pause that the provider asks for', async () => {
  stage.provider.setFault('rate-limit', 1);
  const reminder = aReminder();
  await stage.request(reminder);
  await stage.ended(reminder.key);
  expect(stage.emailsOf(reminder.key)).toHaveLength(1);
  expect(await stage.dispatchesOf(reminder.key)).toEqual([{ status: 'sent', attempts: 1, size: 1 }]);
});

describe('when another service is unreachable', () => {
  it('accounts: the notice waits', async () => {
    let answers = false;
    stage.others.told = () => {
      if (!answers) throw refuse('unavailable', 'The service is not available.');
      return toldOf({ recipients: [ana] });
    };
    const approved = anApplicationNotice('application_approved');
    await stage.request(approved);
    await eventually(() => expect(stage.asked.recipients.length).toBeGreaterThan(1));
    answers = true;
    expect(await stage.ended(approved.key)).toMatchObject({ status: 'sent' });
    expect(stage.emailsOf(approved.key)).toHaveLength(1);
  });

  it('licensing: the notice waits', async () => {
    let asked = 0;
    stage.others.plan = () => {
      asked += 1;
      if (asked <= 1) throw refuse('busy', 'Too many requests at once.');
      return aPlan();
    };
    const reminder = aReminder();
    await stage.request(reminder);
    expect(await stage.ended(reminder.key)).toMatchObject({ status: 'sent' });
  });

  it('or refuses because it does not know the subject: the notice fails with that reason', async () => {
    stage.others.plan = () => {
      throw refuse('not_found', 'There is no such subscription.');
    };
    const reminder = aReminder();
    await stage.request(reminder);
    expect(await stage.ended(reminder.key)).toEqual({ status: 'failed', reason: 'not_found', deliveries: [] });
  });
});
