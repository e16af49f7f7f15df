import { ana, aPlan, ben, toldOf } from '../testing/answers.js';
import { aReminder, stageWithService } from '../testing/stage.js';

const stage = stageWithService();
const office = 'office@helios.example';
beforeEach(() => {
  stage.others.plan = () => aPlan({ daysLeft: 7 });
});

/** What accounts answers from now on. */
function told(recipients: (typeof ana | typeof ben)[], fallbackEmail: string | null = null): void {
  stage.others.told = () => toldOf({ recipients, fallbackEmail });
}
const sent = (email: string) => ({ email, status: 'sent', reason: null });
const leftOut = (email: string) => ({ email, status: 'skipped', reason: 'no_longer_told' });

/** A reminder that could not be sent to these before accounts told of others. */
async function heldUpUntil(before: Parameters<typeof told>, now: Parameters<typeof told>) {
  told(...before);
  await stage.provider.down();
  const reminder = aReminder();
  await stage.request(reminder);
  await stage.heldUp(reminder.key, before[0].length, () => told(...now));
  const ended = await stage.ended(reminder.key);
  return { ...ended, to: stage.emailsOf(reminder.key).map(({ to }) => to[0]) };
}

describe('a member who is not told any more when an e-mail that was held up goes out', () => {
  it('gets none; the others do', async () =>
    expect(await heldUpUntil([[ana, ben]], [[ben]])).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [leftOut(ana.email), sent(ben.email)],
      to: [ben.email],
    }));

  it('who was the only one leaves it to those who are told now', async () =>
    expect(await heldUpUntil([[ana]], [[ben]])).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [leftOut(ana.email), sent(ben.email)],
      to: [ben.email],
    }));

  it('and after whom nobody is left leaves it to the fallback address', async () =>
    expect(await heldUpUntil([[ana], office], [[], office])).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [leftOut(ana.email), sent(office)],
      to: [office],
    }));

  it('is on record as left out where nobody can be told instead', async () =>
    expect(await heldUpUntil([[ana]], [[]])).toMatchObject({ deliveries: [leftOut(ana.email)], to: [] }));
});
