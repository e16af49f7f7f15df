import { forAllTests } from '@tenure/testing';
import { ana, ben, toldOf } from '../testing/answers.js';
import { aReminder, setStage } from '../testing/stage.js';

const stage = forAllTests(setStage);
beforeAll(() => {
  stage.others.told = () => toldOf({ recipients: [ana, ben] });
});

describe('a sender that is killed', () => {
  it.each([
    ['before it has asked the other services', 'sender.claimed', 0],
    ['after it has asked, before it stores anything', 'sender.asked', 0],
    ['after the dispatch is stored, before it is sent', 'sender.dispatched', 0],
    ['after it is sent, before the outcome is stored', 'sender.sent', 1],
    ['after the outcome is stored', 'sender.settled', 1],
  ])('%s has its batch sent exactly once by the instance that takes over', async (_, crashPoint, sentBefore) => {
    const reminders = [aReminder(), aReminder()];
    for (const reminder of reminders) await stage.store(reminder);
    const killed = stage.startOwn({ SANDBOX: 'on', TENURE_CRASH_AT: crashPoint });
    expect(await killed.ended).toBe('SIGKILL');
    for (const { key } of reminders) expect(stage.emailsOf(key)).toHaveLength(sentBefore * 2);

    await stage.leasesEnd();
    const next = await stage.start();
    for (const { key } of reminders) {
      expect(await stage.ended(key)).toEqual({
        status: 'sent',
        reason: null,
        deliveries: [
          { email: ana.email, status: 'sent', reason: null },
          { email: ben.email, status: 'sent', reason: null },
        ],
      });
      expect(stage.emailsOf(key).map(({ to }) => to[0])).toEqual([ana.email, ben.email]);
      expect(await stage.dispatchesOf(key)).toMatchObject([{ size: 4 }, { size: 4 }]);
    }
    await next.close();
  });
});
