import { eventually } from '@tenure/testing';
import { ana, ben, toldOf } from '../testing/answers.js';
import { aReminder, stageWithService } from '../testing/stage.js';

const stage = stageWithService();
const office = 'office@helios.example';

const site = { email: 'site@customer.example', language: 'en' } as const;
/** Sets the answer of accounts from now on. */
function told(
  recipients: (typeof ana | typeof ben)[],
  fallbackEmail: string | null = null,
  extraAddresses: (typeof site)[] = [],
): void {
  stage.others.told = () => toldOf({ recipients, fallbackEmail, extraAddresses });
}
const sent = (email: string) => ({ email, status: 'sent', reason: null });
const leftOut = (email: string) => ({ email, status: 'skipped', reason: 'no_longer_told' });

/** A reminder to these recipients that was held up until accounts named others. */
async function heldUpUntil(before: Parameters<typeof told>, now: Parameters<typeof told>) {
  told(...before);
  await stage.provider.down();
  const reminder = aReminder();
  await stage.request(reminder);
  const many = before[0].length + (before[2]?.length ?? 0) || 1;
  await stage.heldUp(reminder.key, many, () => told(...now));
  const ended = await stage.ended(reminder.key);
  return { ...ended, to: stage.emailsOf(reminder.key).map(({ to }) => to[0]) };
}
/** Nobody of the organization was reached by a notice that was due: Customer Success has to call them. */
const toldToCustomerSuccess = async () =>
  (await stage.database.sql(`select from notifications.notices where kind = 'recipients_unreachable'`)).length;

describe('a fallback address that changed before a delayed e-mail goes out', () => {
  it('gets nothing; its replacement gets the e-mail', async () =>
    expect(await heldUpUntil([[], 'offise@helios.example'], [[], office])).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [sent(office), leftOut('offise@helios.example')],
      to: [office],
    }));

  it('in another spelling still gets it', async () =>
    expect(await heldUpUntil([[], office], [[], 'Office@Helios.example'])).toMatchObject({ to: [office] }));

  it('and was removed gets nothing, and neither does anybody else: Customer Success is notified', async () => {
    const before = await toldToCustomerSuccess();
    expect(await heldUpUntil([[], office], [[]])).toMatchObject({ deliveries: [leftOut(office)], to: [] });
    await eventually(async () => expect(await toldToCustomerSuccess()).toBe(before + 1));
  });
});

describe('a member who is no longer a recipient when a delayed e-mail goes out', () => {
  it('gets nothing; the others do', async () =>
    expect(await heldUpUntil([[ana, ben]], [[ben]])).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [leftOut(ana.email), sent(ben.email)],
      to: [ben.email],
    }));

  it('who was the only one is replaced by the current recipients', async () =>
    expect(await heldUpUntil([[ana]], [[ben]])).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [leftOut(ana.email), sent(ben.email)],
      to: [ben.email],
    }));

  it('who was the only one is replaced by the current recipients, even if an extra address gets it', async () =>
    expect(await heldUpUntil([[ana], null, [site]], [[ben], null, [site]])).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [leftOut(ana.email), sent(ben.email), sent(site.email)],
      to: [site.email, ben.email],
    }));

  it('is replaced by the current recipients when the e-mails to all others failed', async () => {
    const broken = { ...ana, memberId: ben.memberId, email: 'not-an-address' } as unknown as typeof ana;
    const carla = { ...ana, memberId: '01900000-0000-7000-8000-00000000000c', email: 'carla@helios.example' };
    expect(
      await heldUpUntil([[ana, broken], office], [[broken, carla as unknown as typeof ana], office]),
    ).toMatchObject({
      deliveries: [
        leftOut(ana.email),
        sent('carla@helios.example'),
        expect.objectContaining({ email: 'not-an-address', status: 'failed' }),
      ],
      to: ['carla@helios.example'],
    });
  });

  it('is replaced by the fallback address when nobody else is left', async () =>
    expect(await heldUpUntil([[ana], office], [[], office])).toEqual({
      status: 'sent',
      reason: null,
      deliveries: [leftOut(ana.email), sent(office)],
      to: [office],
    }));

  it('is recorded as left out when nobody can be notified instead: Customer Success is notified', async () => {
    const before = await toldToCustomerSuccess();
    expect(await heldUpUntil([[ana]], [[]])).toMatchObject({ deliveries: [leftOut(ana.email)], to: [] });
    await eventually(async () => expect(await toldToCustomerSuccess()).toBe(before + 1));
  });
});
