import {
  clearMarkedAddress,
  listMarkedAddresses,
  listNotificationsAudit,
  recordDeliveryReport,
  recordManyDeliveryReports,
  type Actor,
  type AskOf,
} from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { ana } from '../testing/answers.js';
import { another, aReminder, deliveryIdOf, stageWithService } from '../testing/stage.js';

const stage = stageWithService();

type Report = AskOf<typeof recordDeliveryReport>;
const record = (report: Report) => stage.gateway.ask(recordDeliveryReport, report);

/** A sent reminder to one recipient, with a function to report on its e-mail. */
async function aSentReminder() {
  // In an organization of its own, since marked addresses are shared within one.
  const reminder = aReminder({ organizationId: uuidv7() });
  await stage.request(reminder);
  await stage.ended(reminder.key);
  return { reminder, ...(await emailOf(reminder.key)) };
}

async function emailOf(key: string) {
  const [email] = stage.emailsOf(key);
  const deliveryId = deliveryIdOf(email!);
  const report = (kind: Report['kind'], over: Partial<Report> = {}): Report => ({
    reportId: `msg_${uuidv7()}`,
    kind,
    at: '2027-11-17T08:01:00.000Z',
    providerId: email!.id,
    deliveryId,
    permanent: false,
    words: null,
    ...over,
  });
  return { deliveryId, report };
}

const standing = async (key: string) => {
  const { status, reason, deliveries } = await stage.ended(key);
  return [status, reason, deliveries.map((delivery) => [delivery.status, delivery.reason])];
};
const kept = (deliveryId: string) =>
  stage.database.sql<{ kind: string; words: string | null }>(
    'select kind, words from notifications.delivery_events where delivery_id = $1 order by delivery_event_id',
    [deliveryId],
  );
/** The audit entries about its state. */
const audited = async (deliveryId: string) => {
  const entries = await stage.database.sql<{ action: string }>(
    'select action from notifications.audit where subject = $1 order by audit_id',
    [deliveryId],
  );
  return entries.map(({ action }) => action);
};
const told = async (deliveryId: string) =>
  (await stage.nats.events())
    .filter(({ data }) => (data as { deliveryId?: string }).deliveryId === deliveryId)
    .map(({ type, version }) => [type, version]);

describe('a report', () => {
  it('is stored with its time and words, changes the delivery, and publishes an event', async () => {
    const { reminder, deliveryId, report } = await aSentReminder();
    const words = 'The mailbox does not exist';
    expect(await record(report('bounced', { words, permanent: true }))).toEqual({ known: true });
    expect(await standing(reminder.key)).toEqual(['sent', null, [['bounced', words]]]);
    expect(await kept(deliveryId)).toEqual([{ kind: 'bounced', words }]);
    const event = await eventually(async () => {
      const found = (await stage.nats.events()).filter(({ data }) => (data as { key?: string }).key === reminder.key);
      expect(found.at(-1)?.type).toBe('notifications.delivery.bounced');
      return found.at(-1)!;
    });
    const { key, kind, offset, termNumber, accountId } = reminder;
    expect(event).toMatchObject({
      organizationId: reminder.organizationId,
      accountId,
      version: 1,
      data: { deliveryId, key, kind, offset, termNumber, status: 'bounced', at: report('sent').at, reason: words },
    });
    expect(
      await stage.database.sql(
        `select caller, details from notifications.audit where action = 'delivery.bounced' and subject = $1`,
        [deliveryId],
      ),
    ).toEqual([{ caller: 'gateway', details: expect.objectContaining({ key, reason: words }) }]);
  });

  it('that arrives repeatedly, concurrently or later, is stored once and published once', async () => {
    const { reminder, deliveryId, report } = await aSentReminder();
    const delivered = report('delivered');
    const answers = await Promise.all(Array.from({ length: 10 }, () => record(delivered)));
    expect(answers).toEqual(answers.map(() => ({ known: true })));
    await record(delivered);
    expect(await standing(reminder.key)).toEqual(['sent', null, [['delivered', null]]]);
    expect(await kept(deliveryId)).toHaveLength(1);
    // Events after those have arrived.
    await record(report('complained'));
    await eventually(async () =>
      expect(await told(deliveryId)).toEqual([
        ['notifications.delivery.delivered', 1],
        ['notifications.delivery.complained', 2],
      ]),
    );
  });

  it('that arrives again does not mark an address that was cleared since', async () => {
    const { reminder, report } = await aSentReminder();
    const bounced = report('bounced', { permanent: true });
    await record(bounced);
    const superAdmin: Actor = { memberId: uuidv7(), organizationId: reminder.organizationId, roles: ['super_admin'] };
    const marked = async () => (await stage.gateway.ask(listMarkedAddresses, { actor: superAdmin })).items.length;
    expect(await marked()).toBe(1);
    await stage.gateway.ask(clearMarkedAddress, { actor: superAdmin, address: ana.email });
    await record(bounced);
    expect(await marked()).toBe(0);
    const { organizationId } = reminder;
    const { items } = await stage.gateway.ask(listNotificationsAudit, { actor: superAdmin, organizationId, limit: 50 });
    const email = ana.email;
    expect(items.map(({ action, by, before, after }) => [action, by.memberId ?? by.service, before, after])).toEqual([
      ['address.cleared', superAdmin.memberId, { why: 'bounced' }, { email }],
      ['address.marked', 'gateway', null, { email, why: 'bounced' }],
    ]);
  });

  it('that arrives after a later one changes only the history, and publishes nothing', async () => {
    const { reminder, deliveryId, report } = await aSentReminder();
    for (const kind of ['opened', 'delayed', 'sent', 'delivered', 'clicked'] as const) await record(report(kind));
    expect(await standing(reminder.key)).toEqual(['sent', null, [['delivered', null]]]);
    expect((await kept(deliveryId)).map(({ kind }) => kind)).toEqual([
      'opened',
      'delayed',
      'sent',
      'delivered',
      'clicked',
    ]);
    await record(report('complained'));
    await eventually(async () =>
      expect(await told(deliveryId)).toEqual([
        ['notifications.delivery.delivered', 1],
        ['notifications.delivery.complained', 6],
      ]),
    );
  });

  it('that arrives with others is stored together with them; one that is not ours does not affect the others', async () => {
    const sent: Awaited<ReturnType<typeof aSentReminder>>[] = [];
    while (sent.length < 4) sent.push(await aSentReminder());
    const reports = sent.flatMap(({ report }) => [report('sent'), report('delivered')]);
    const stray = { ...reports[0]!, reportId: `msg_${uuidv7()}`, deliveryId: uuidv7() };
    const { items } = await stage.gateway.ask(recordManyDeliveryReports, { asks: [...reports, stray] });
    expect(items).toEqual([...reports.map(() => ({ answer: { known: true } })), { answer: { known: false } }]);
    for (const { reminder, deliveryId } of sent) {
      expect(await standing(reminder.key)).toEqual(['sent', null, [['delivered', null]]]);
      expect((await kept(deliveryId)).map(({ kind }) => kind)).toEqual(['sent', 'delivered']);
    }
    const [{ transactions }] = (await stage.database.sql<{ transactions: number }>(
      `select count(distinct xmin::text)::int as transactions from notifications.delivery_events
       where report_id = any($1)`,
      [reports.map(({ reportId }) => reportId)],
    )) as [{ transactions: number }];
    expect(transactions).toBe(1);
  });

  it("finds its delivery by the provider's id if the tag is missing", async () => {
    const { reminder, report } = await aSentReminder();
    await record(report('delivered', { deliveryId: null }));
    expect(await standing(reminder.key)).toEqual(['sent', null, [['delivered', null]]]);
  });

  it('on an e-mail that is not ours is ignored', async () => {
    const { deliveryId, report } = await aSentReminder();
    expect(await record(report('delivered', { deliveryId: uuidv7() }))).toEqual({ known: false });
    expect(await record(report('delivered', { deliveryId: null, providerId: 'another' }))).toEqual({ known: false });
    expect(await kept(deliveryId)).toEqual([]);
  });

  it('cannot be changed or deleted by the service', async () =>
    expect(
      await stage.database.sql(
        `select privilege from unnest(array['select', 'insert', 'update', 'delete', 'truncate']) as privilege
         where has_table_privilege('notifications', 'notifications.delivery_events', privilege)`,
      ),
    ).toEqual([{ privilege: 'select' }, { privilege: 'insert' }]));
});

describe('an e-mail that may or may not have been accepted', () => {
  it('is settled by a report while it is being repeated, and not repeated anymore', async () => {
    stage.provider.setFault('break-after-accept');
    const reminder = aReminder({ organizationId: another });
    await stage.request(reminder);
    await eventually(() => expect(stage.emailsOf(reminder.key)).toHaveLength(1));
    const { report, deliveryId } = await emailOf(reminder.key);
    await record(report('delivered'));
    expect(await standing(reminder.key)).toEqual(['sent', null, [['delivered', null]]]);
    expect(await stage.dispatchesOf(reminder.key)).toMatchObject([{ status: 'sent' }]);
    const open = 'select from notifications.dispatches where ended_at is null';
    await eventually(async () => expect(await stage.database.sql(open)).toEqual([]));
    expect(await audited(deliveryId)).toEqual(['delivery.delivered']);
  });

  it('is settled by a report after it ended as unknown, together with its notice', async () => {
    stage.provider.setFault('break-after-accept');
    const reminder = aReminder({ organizationId: another });
    await stage.request(reminder);
    await eventually(() => expect(stage.emailsOf(reminder.key)).toHaveLength(1));
    await stage.keyEnds(reminder.key);
    expect(await stage.ended(reminder.key)).toMatchObject({ status: 'failed', reason: 'unknown' });
    const { report } = await emailOf(reminder.key);
    await record(report('sent'));
    expect(await standing(reminder.key)).toEqual(['sent', null, [['sent', null]]]);
    await record(report('delivered'));
    expect(await standing(reminder.key)).toEqual(['sent', null, [['delivered', null]]]);
  });
});
