import { recordDeliveryReport, resolveDelivery, type Actor, type AskOf, getDelivery } from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { ana, aPlan, ben, toldOf } from '../testing/answers.js';
import { another, aReminder, deliveryIdOf, stageWithService } from '../testing/stage.js';

const stage = stageWithService();
beforeEach(() => {
  stage.others.told = () => toldOf({ recipients: [ana, ben] });
});

type Report = AskOf<typeof recordDeliveryReport>;
const emailsTo = (key: string, address: string = ana.email) =>
  stage.emailsOf(key).filter(({ to }) => to[0] === address);
/** Reports on the last e-mail of a notice to Ana. */
async function report(key: string, over: Partial<Report> = {}) {
  const email = emailsTo(key)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1)!;
  await stage.report(email, { permanent: false, words: 'Mailbox full', ...over });
}
async function sent(organizationId = uuidv7()) {
  const reminder = aReminder({ organizationId });
  await stage.request(reminder);
  await stage.ended(reminder.key);
  return { key: reminder.key, organizationId };
}
const ofAna = async (key: string) => {
  const [row] = await stage.database.sql<{ status: string; reason: string | null; minutes: number | null }>(
    `select d.status, d.reason, round(extract(epoch from d.retry_at - now()) / 60)::int as minutes
     from notifications.deliveries d join notifications.notices n using (notice_id) where n.key = $1 and d.email = $2`,
    [key, ana.email],
  );
  return row!;
};
const itsTimeComes = (key: string) =>
  stage.database.sql(
    `update notifications.deliveries d set retry_at = now() from notifications.notices n
     where n.notice_id = d.notice_id and n.key = $1 and d.retry_at is not null`,
    [key],
  );
const becomes = (key: string, expected: object) =>
  eventually(async () => expect(await ofAna(key)).toMatchObject(expected));

describe('an e-mail that bounced for a temporary reason', () => {
  it('is retried although many others wait for a notice that is not sent yet', async () => {
    await stage.database.sql(`
      with waiting as (
        insert into notifications.notices (notice_id, key, kind, organization_id, due_at, status, clock_ahead_seconds,
          requested_at, attempt_at, failures)
        select uuidv7(), 'waiting ' || number, 'from_a_later_version', gen_random_uuid(), now(), 'planned', 0, now(), now(), 0
        from generate_series(1, 100) as number returning *)
      insert into notifications.deliveries (delivery_id, notice_id, organization_id, email, language, status, retry_at)
      select uuidv7(), notice_id, organization_id, 'ana@helios.example', 'en', 'bounced', now() - interval '1 hour'
      from waiting`);
    const { key } = await sent();
    await report(key);
    await itsTimeComes(key);
    await eventually(async () => expect((await ofAna(key)).status).toBe('sent'));
    await stage.database.sql(`update notifications.deliveries set retry_at = null where status = 'bounced'`);
  });

  it('is retried after half an hour and after two hours, to this recipient alone, with the figures of that time', async () => {
    const { key, organizationId } = await sent();
    for (const [minutes, daysLeft] of [
      [30, 6],
      [120, 5],
    ] as const) {
      await report(key);
      expect(await ofAna(key)).toEqual({ status: 'bounced', reason: 'Mailbox full', minutes });
      stage.others.plan = () => aPlan({ daysLeft });
      await itsTimeComes(key);
      await becomes(key, { status: 'sent', minutes: null });
    }
    await report(key);
    expect(await ofAna(key)).toEqual({ status: 'bounced', reason: 'Mailbox full', minutes: null });
    expect(
      emailsTo(key)
        .map(({ subject }) => subject)
        .toSorted()
        .toReversed(),
    ).toEqual([
      '«Solar Park» caduca dentro de 7 días',
      '«Solar Park» caduca dentro de 6 días',
      '«Solar Park» caduca dentro de 5 días',
    ]);
    expect(emailsTo(key, ben.email)).toHaveLength(1);
    const actor: Actor = { memberId: uuidv7(), organizationId, roles: ['super_admin'] };
    const deliveryId = deliveryIdOf(emailsTo(key)[0]!);
    const { history } = await stage.gateway.ask(getDelivery, { actor, deliveryId });
    expect(history.map(({ kind }) => kind)).toEqual(['bounced', 'retried', 'bounced', 'retried', 'bounced']);
  });

  it('does not delay the fallback address', async () => {
    const office = 'office@helios.example';
    stage.others.told = () => toldOf({ recipients: [ana], fallbackEmail: office });
    const { key } = await sent();
    await report(key);
    await eventually(() => expect(emailsTo(key, office)).toHaveLength(1));
    expect(await ofAna(key)).toEqual({ status: 'bounced', reason: 'Mailbox full', minutes: 30 });
    await itsTimeComes(key);
    await becomes(key, { status: 'sent' });
    expect([emailsTo(key).length, emailsTo(key, office).length]).toEqual([2, 1]);
  });

  it('is not retried when it has arrived after all', async () => {
    const { key } = await sent();
    await report(key);
    await report(key, { kind: 'complained' });
    expect(await ofAna(key)).toMatchObject({ status: 'complained', minutes: null });
  });

  it('ignores a late report on the bounced e-mail once the retry is sent: nothing is known about the retry yet', async () => {
    const { key } = await sent();
    const [first] = emailsTo(key);
    await report(key);
    await itsTimeComes(key);
    await becomes(key, { status: 'sent', minutes: null });
    await stage.ended(key);
    await report(key, { providerId: first!.id, words: 'Mailbox full, once more' });
    expect(await ofAna(key)).toMatchObject({ status: 'sent', minutes: null });
    expect(emailsTo(key)).toHaveLength(2);
    await report(key);
    expect(await ofAna(key)).toEqual({ status: 'bounced', reason: 'Mailbox full', minutes: 120 });
  });

  it('ignores it while the retry may be in progress, too', async () => {
    const { key } = await sent();
    await report(key);
    stage.provider.setFault('down');
    await itsTimeComes(key);
    await eventually(async () =>
      expect((await stage.dispatchesOf(key)).map(({ status }) => status).toSorted()).toEqual([
        'bounced',
        'open',
        'sent',
      ]),
    );
    await report(key, { words: 'Mailbox full, once more' });
    expect(await ofAna(key)).toMatchObject({ status: 'planned' });
    stage.provider.setFault(null);
    await becomes(key, { status: 'sent', minutes: null });
    expect(emailsTo(key)).toHaveLength(2);
  });

  it('does not settle what is sent again together with it when its reader complains about the bounced e-mail', async () => {
    const { key } = await sent();
    await report(key);
    await stage.report(emailsTo(key, ben.email)[0]!, { permanent: false });
    stage.provider.setFault('down');
    await itsTimeComes(key);
    await stage.beforeRepeat(key, async () => {
      await report(key, { kind: 'complained' });
      stage.provider.setFault(null);
    });
    await stage.ended(key);
    expect(await ofAna(key)).toMatchObject({ status: 'complained' });
    expect(emailsTo(key, ben.email)).toHaveLength(2);
  });

  describe('and whose retry may or may not have been sent', () => {
    async function anUnknown() {
      const { key } = await sent();
      const [first] = emailsTo(key);
      await report(key);
      stage.provider.setFault('break-after-accept');
      await itsTimeComes(key);
      await eventually(() => expect(emailsTo(key)).toHaveLength(2));
      await stage.keyEnds(key);
      await becomes(key, { status: 'unknown' });
      stage.provider.setFault(null);
      return { key, ofFirst: { providerId: first!.id }, deliveryId: deliveryIdOf(first!) };
    }
    const arrived = (deliveryId: string) =>
      stage.gateway.ask(resolveDelivery, {
        actor: { memberId: uuidv7(), organizationId: another, roles: ['customer_success'] },
        ...{ key: uuidv7(), deliveryId, resolution: 'arrived', reason: 'Ana has it.' },
      });

    it('is neither changed nor retried by a late report on the bounced e-mail', async () => {
      const { key, ofFirst } = await anUnknown();
      await report(key, { ...ofFirst, words: 'Mailbox full, once more' });
      expect(await ofAna(key)).toMatchObject({ status: 'unknown', minutes: null });
    });

    it('has arrived when Customer Success says so, whatever is reported on the bounced e-mail', async () => {
      const { key, ofFirst, deliveryId } = await anUnknown();
      expect(await arrived(deliveryId)).toMatchObject({ status: 'delivered', reason: null });
      await report(key, { ...ofFirst, words: 'Mailbox full, once more' });
      expect(await ofAna(key)).toEqual({ status: 'delivered', reason: null, minutes: null });
    });

    it('has bounced when the provider reports so after all', async () => {
      const { key, deliveryId } = await anUnknown();
      await arrived(deliveryId);
      await report(key);
      expect(await ofAna(key)).toEqual({ status: 'bounced', reason: 'Mailbox full', minutes: 120 });
    });
  });

  it('is not retried when it no longer holds: the delivery stays bounced, and its notice stays sent', async () => {
    stage.others.told = () => toldOf({ recipients: [ana] });
    const { key } = await sent();
    await report(key);
    stage.others.plan = () => aPlan({ current: false, reason: 'renewed' });
    await itsTimeComes(key);
    await becomes(key, { status: 'bounced', reason: 'Mailbox full', minutes: null });
    expect(await stage.ended(key)).toMatchObject({ status: 'sent' });
    expect(emailsTo(key)).toHaveLength(1);
  });

  it('is not retried to an address that has bounced permanently since, in any spelling', async () => {
    const { key, organizationId } = await sent();
    await report(key);
    const written = 'Ana@Helios.EXAMPLE';
    stage.others.told = () => toldOf({ recipients: [{ ...ana, email: written } as unknown as typeof ana] });
    const other = await sent(organizationId);
    const [email] = emailsTo(other.key, written);
    await report(key, { providerId: email!.id, deliveryId: deliveryIdOf(email!), permanent: true });
    await itsTimeComes(key);
    await becomes(key, { status: 'bounced', minutes: null });
    expect(emailsTo(key)).toHaveLength(1);
  });

  it('is retried once, however many instances check at the same time', async () => {
    const second = await stage.start();
    const { key } = await sent();
    await report(key);
    await itsTimeComes(key);
    await becomes(key, { status: 'sent', minutes: null });
    await stage.ended(key);
    expect(emailsTo(key)).toHaveLength(2);
    await second.close();
  });
});
