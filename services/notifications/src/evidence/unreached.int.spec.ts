import {
  addressCleared,
  clearMarkedAddress,
  listMarkedAddresses,
  listNotificationsAudit,
  refuse,
  type Actor,
  type AskOf,
  type recordDeliveryReport,
} from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { ana, aPlan, ben, toldOf } from '../testing/answers.js';
import { aReminder, deliveryIdOf, stageWithService } from '../testing/stage.js';

const stage = stageWithService();
beforeEach(() => {
  stage.others.told = () => toldOf({ recipients: [ana], fallbackEmail: office });
});

const office = 'office@helios.example';

type Report = AskOf<typeof recordDeliveryReport>;
/** Reports on the e-mail of a notice to this address. */
async function report(key: string, address: string, kind: Report['kind'], over: Partial<Report> = {}) {
  const email = stage.emailsOf(key).find(({ to }) => to[0] === address)!;
  await stage.report(email, { kind, words: 'No such mailbox', ...over });
}
/** A reminder in an organization of its own, sent to the recipients that accounts names. */
async function sent(organizationId = uuidv7()) {
  const reminder = aReminder({ organizationId });
  await stage.request(reminder);
  await stage.ended(reminder.key);
  const superAdmin: Actor = { memberId: uuidv7(), organizationId, roles: ['super_admin'] };
  return { key: reminder.key, organizationId, superAdmin };
}
/** A reminder that the provider has accepted without our knowing. */
async function mayHaveBeenSent() {
  stage.provider.setFault('break-after-accept');
  const reminder = aReminder({ organizationId: uuidv7() });
  await stage.request(reminder);
  await eventually(() => expect(stage.emailsOf(reminder.key)).toHaveLength(1));
  return reminder;
}
const standing = async (key: string) => {
  const { status, deliveries } = await stage.ended(key);
  return [status, deliveries.map(({ email, status, reason }) => [email, status, reason])];
};
const becomes = (key: string, expected: unknown) =>
  eventually(async () => expect(await standing(key)).toEqual(expected));
const emailsToReviewers = (key: string) => stage.emailsOf(`${key}/recipients_unreachable`);
/** Waits until nothing more is done for the notice, and until everything that was done for it has been sent. */
const seenTo = (key: string) =>
  eventually(async () =>
    expect(
      await stage.database.sql(
        `select bool_and(reach_at is null and status <> 'planned') as done from notifications.notices
         where key in ($1, $1 || '/recipients_unreachable')`,
        [key],
      ),
    ).toEqual([{ done: true }]),
  );
const marked = async (actor: Actor) =>
  (await stage.gateway.ask(listMarkedAddresses, { actor })).items.map(({ address, why }) => [address, why]);

describe('a reminder that bounced for everybody', () => {
  it.each(['bounced', 'complained', 'suppressed'] as const)(
    'is sent to the fallback address once, with the figures of that time: %s',
    async (kind) => {
      const { key } = await sent();
      stage.others.plan = () => aPlan({ daysLeft: 6 });
      await report(key, ana.email, kind);
      await becomes(key, [
        'sent',
        [
          [ana.email, kind, 'No such mailbox'],
          [office, 'sent', null],
        ],
      ]);
      await report(key, ana.email, kind);
      await seenTo(key);
      expect(stage.emailsOf(key).map(({ to, subject }) => [to[0], subject])).toEqual([
        [ana.email, '«Solar Park» caduca dentro de 7 días'],
        [office, '«Solar Park» caduca dentro de 6 días'],
      ]);
      expect(emailsToReviewers(key)).toEqual([]);
    },
  );

  it('needs nothing while another recipient may still have received it', async () => {
    stage.others.told = () => toldOf({ recipients: [ana, ben], fallbackEmail: office });
    const { key } = await sent();
    await report(key, ana.email, 'bounced');
    await seenTo(key);
    expect(stage.emailsOf(key)).toHaveLength(2);
    await report(key, ben.email, 'bounced', { permanent: false });
    await becomes(key, ['sent', [expect.anything(), expect.anything(), [office, 'sent', null]]]);
  });

  it.each([true, false])(
    'causes nothing more once its contents were removed, and is recorded without the words; permanently: %s',
    async (permanent) => {
      const { key, superAdmin } = await sent();
      const itsNotice = 'notice_id = (select notice_id from notifications.notices where key = $1)';
      await stage.database.sql(
        `update notifications.deliveries set contents_removed_at = now(), email = 'removed@removed.invalid' where ${itsNotice}`,
        [key],
      );
      await report(key, ana.email, 'bounced', { permanent });
      const bounced = ['sent', [['removed@removed.invalid', 'bounced', null]]];
      await becomes(key, bounced);
      await seenTo(key);
      expect(await standing(key)).toEqual(bounced);
      expect([stage.emailsOf(key).length, emailsToReviewers(key), await marked(superAdmin)]).toEqual([1, [], []]);
      expect(
        await stage.database.sql(
          `select d.retry_at, e.words from notifications.deliveries d
           join notifications.delivery_events e using (delivery_id) where ${itsNotice}`,
          [key],
        ),
      ).toEqual([{ retry_at: null, words: null }]);
    },
  );

  it('leaves the e-mail to the fallback address, which may have been sent, with its own dispatch when the first one ends', async () => {
    const { key } = await mayHaveBeenSent();
    await stage.beforeRepeat(key, async () => {
      await report(key, ana.email, 'bounced');
      await eventually(() => expect(stage.emailsOf(key)).toHaveLength(2));
      await stage.beforeRepeat(key, async () => {
        await stage.database.sql(
          `update notifications.dispatches set attempt_at = now() where ended_at is null and dispatch_id <>
             (select dispatch_id from notifications.notices where key = $1)`,
          [key],
        );
        await eventually(async () =>
          expect(
            await stage.database.sql(
              `select v.email, d.ended_at is not null as ended, n.dispatch_id = d.dispatch_id as awaited
               from notifications.dispatches d join notifications.dispatched_emails using (dispatch_id)
               join notifications.deliveries v using (delivery_id) join notifications.notices n using (notice_id)
               where n.key = $1 order by d.dispatch_id`,
              [key],
            ),
          ).toEqual([
            { email: ana.email, ended: true, awaited: false },
            { email: office, ended: false, awaited: true },
          ]),
        );
        stage.provider.setFault(null);
      });
    });
    await becomes(key, [
      'sent',
      [
        [ana.email, 'bounced', 'No such mailbox'],
        [office, 'sent', null],
      ],
    ]);
    expect(stage.emailsOf(key).map(({ to }) => to[0])).toEqual([ana.email, office]);
  });

  it('is not sent to anybody else when it no longer holds', async () => {
    const { key } = await sent();
    stage.others.plan = () => aPlan({ current: false, reason: 'renewed' });
    await report(key, ana.email, 'bounced');
    await seenTo(key);
    expect(stage.emailsOf(key)).toHaveLength(1);
    expect(emailsToReviewers(key)).toEqual([]);
  });

  it('causes one notice to Customer Success when the fallback address fails as well', async () => {
    const { key } = await sent();
    await report(key, ana.email, 'bounced');
    await becomes(key, ['sent', [expect.anything(), [office, 'sent', null]]]);
    await report(key, office, 'bounced');
    await eventually(() => expect(emailsToReviewers(key)).toHaveLength(1));
    await report(key, office, 'complained');
    await seenTo(key);
    const [email] = emailsToReviewers(key);
    expect(email!.subject).toBe('No se puede contactar con nadie: «Solar Park» (Helios Energy)');
    expect(email!.text).toContain('https://tenure.example/customer-success/accounts/');
    expect(emailsToReviewers(key)).toHaveLength(1);
  });

  it('causes a notice to Customer Success when there is no fallback address, even if there were no recipients', async () => {
    stage.others.told = () => toldOf({ recipients: [ana] });
    const { key } = await sent();
    await report(key, ana.email, 'bounced');
    await eventually(() => expect(emailsToReviewers(key)).toHaveLength(1));

    stage.others.told = () => toldOf({ recipients: [] });
    const lonely = await sent();
    expect(await standing(lonely.key)).toEqual(['failed', []]);
    stage.others.told = () => toldOf({ recipients: [ben] });
    await eventually(async () => expect(await stage.ended(`${lonely.key}/recipients_unreachable`)).toBeDefined());
  });

  it('waits while accounts cannot answer who else to notify', async () => {
    const { key } = await sent();
    stage.others.told = () => {
      throw new Error('accounts is away');
    };
    await report(key, ana.email, 'bounced');
    await eventually(async () =>
      expect(
        await stage.database.sql('select key from notifications.notices where key = $1 and reach_at > now()', [key]),
      ).toEqual([{ key }]),
    );
    stage.others.told = () => toldOf({ recipients: [ana], fallbackEmail: office });
    // Its lease expires.
    await stage.database.sql('update notifications.notices set reach_at = now() where key = $1', [key]);
    await becomes(key, ['sent', [expect.anything(), [office, 'sent', null]]]);
  });
});

it('one that cannot be handled does not affect the others', async () => {
  const [stuck, other] = [await sent(), await sent()];
  const { sql } = stage.database;
  await sql(`create function public.refuse_to_reopen() returns trigger language plpgsql
             as $$ begin raise 'This notice is broken.'; end $$`);
  await sql(`create trigger refuse_to_reopen before update on notifications.notices for each row
             when (new.key = '${stuck.key}' and new.status = 'planned') execute function public.refuse_to_reopen()`);
  await sql(`update notifications.deliveries set status = 'bounced' where notice_id in
               (select notice_id from notifications.notices where key in ('${stuck.key}', '${other.key}'))`);
  await sql(`update notifications.notices
             set reach_at = now() - case key when '${stuck.key}' then interval '1 minute' else interval '0' end
             where key in ('${stuck.key}', '${other.key}')`);
  await becomes(other.key, [
    'sent',
    [
      [ana.email, 'bounced', null],
      [office, 'sent', null],
    ],
  ]);
  expect(await standing(stuck.key)).toEqual(['sent', [[ana.email, 'bounced', null]]]);
  await sql('drop trigger refuse_to_reopen on notifications.notices');
});

it('the notice to Customer Success is due on the account’s clock, whether its e-mails bounced or none was sent', async () => {
  stage.others.told = () => toldOf({ recipients: [ana] });
  const now = new Date(Date.now() + 335 * 86_400_000).toISOString();
  stage.others.plan = () => aPlan({ now });
  const bounced = await sent();
  await report(bounced.key, ana.email, 'bounced');
  await seenTo(bounced.key);
  const marked = await sent(bounced.organizationId);
  await seenTo(marked.key);
  const dueAt = await stage.database.sql(
    `select due_at as "dueAt" from notifications.notices where key in ($1 || '/recipients_unreachable', $2 || '/recipients_unreachable')`,
    [bounced.key, marked.key],
  );
  expect(dueAt).toEqual([{ dueAt: new Date(now) }, { dueAt: new Date(now) }]);
});

it('a permanent refusal by accounts is not retried: Customer Success is notified, and nobody if that notice fails too', async () => {
  const { key } = await sent();
  const about = new Map<string, number>();
  stage.others.told = ({ audience }) => {
    about.set(audience, (about.get(audience) ?? 0) + 1);
    throw refuse('not_found', 'There is no such account.');
  };
  await report(key, ana.email, 'bounced');
  await seenTo(key);
  expect(await stage.ended(`${key}/recipients_unreachable`)).toMatchObject({ status: 'failed', reason: 'not_found' });
  await seenTo(`${key}/recipients_unreachable`);
  expect(about.get('super_admins')).toBe(1);
});

describe('the list of marked addresses', () => {
  it('has as many as one message can hold, latest first: the words of a mail server may be long', async () => {
    const organizationId = uuidv7();
    const sofia: Actor = { memberId: uuidv7(), organizationId, roles: ['super_admin'] };
    const words = 'Ä'.repeat(2_000);
    await stage.database.sql(
      `insert into notifications.marked_addresses (organization_id, address, why, words, delivery_id, marked_at)
       select $1, number || '@helios.example', 'bounced', $2, uuidv7(), now() - number * interval '1 day'
       from generate_series(1, 500) as number`,
      [organizationId, words],
    );
    const addresses = (await marked(sofia)).map(([address]) => address);
    expect(addresses).toEqual(addresses.map((_, index) => `${index + 1}@helios.example`));
    expect(addresses.length).toBeGreaterThan(200);
  });
});

describe('an address that bounced permanently', () => {
  it('is marked once, however many e-mails to it bounce', async () => {
    stage.others.told = () => toldOf({ recipients: [ana, ben] });
    const { key, organizationId, superAdmin } = await sent();
    const another = await sent(organizationId);
    for (const bounced of [key, another.key]) await report(bounced, ana.email, 'bounced');
    const { items } = await stage.gateway.ask(listNotificationsAudit, { actor: superAdmin, organizationId, limit: 50 });
    expect(items.map(({ action }) => action)).toEqual(['address.marked']);
  });

  it('gets no e-mails until a SuperAdmin of the organization clears it', async () => {
    stage.others.told = () => toldOf({ recipients: [ana, ben] });
    const { key, organizationId, superAdmin } = await sent();
    await report(key, ana.email, 'bounced');
    expect(await marked(superAdmin)).toEqual([[ana.email, 'bounced']]);
    const next = await sent(organizationId);
    expect(await standing(next.key)).toEqual([
      'sent',
      [
        [ana.email, 'skipped', 'address_marked'],
        [ben.email, 'sent', null],
      ],
    ]);
    const clear = (actor: Actor) => stage.gateway.ask(clearMarkedAddress, { actor, address: ana.email.toUpperCase() });
    expect(await clear({ ...superAdmin, organizationId: uuidv7() })).toEqual({ items: [] });
    await expect(clear({ ...superAdmin, roles: ['customer_success'] })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await marked(superAdmin)).toEqual([[ana.email, 'bounced']]);
    expect(await clear(superAdmin)).toEqual({ items: [] });
    expect(await clear(superAdmin)).toEqual({ items: [] });
    const deliveryId = deliveryIdOf(stage.emailsOf(key).find(({ to }) => to[0] === ana.email)!);
    await eventually(async () => {
      const told = (await stage.nats.events()).filter(
        (event) => event.type === addressCleared.name && event.organizationId === organizationId,
      );
      expect(told).toEqual([expect.objectContaining({ data: { deliveryId } })]);
    });
    const last = await sent(organizationId);
    expect(await standing(last.key)).toEqual([
      'sent',
      [
        [ana.email, 'sent', null],
        [ben.email, 'sent', null],
      ],
    ]);
  });

  it('is not marked again by a late bounce of an e-mail from before it was cleared', async () => {
    stage.others.told = () => toldOf({ recipients: [ana, ben] });
    const { key, organizationId, superAdmin } = await sent();
    const [late, complained] = [await sent(organizationId), await sent(organizationId)];
    await report(key, ana.email, 'bounced');
    await stage.gateway.ask(clearMarkedAddress, { actor: superAdmin, address: ana.email });
    await report(late.key, ana.email, 'bounced');
    await report(complained.key, ana.email, 'complained', { at: '2026-11-17T08:01:00.000Z' });
    expect(await marked(superAdmin)).toEqual([]);

    await report((await sent(organizationId)).key, ana.email, 'bounced');
    expect(await marked(superAdmin)).toEqual([[ana.email, 'bounced']]);
  });

  it('is marked by a complaint after it was cleared, even about an e-mail from before', async () => {
    const { key, organizationId, superAdmin } = await sent();
    const before = await sent(organizationId);
    await report(key, ana.email, 'bounced');
    await stage.gateway.ask(clearMarkedAddress, { actor: superAdmin, address: ana.email });
    await report(before.key, ana.email, 'complained');
    expect(await marked(superAdmin)).toEqual([[ana.email, 'complained']]);
  });

  it('is replaced by the fallback address when it was the only one', async () => {
    const { key, organizationId } = await sent();
    await report(key, ana.email, 'complained');
    await becomes(key, ['sent', [expect.anything(), [office, 'sent', null]]]);
    const next = await sent(organizationId);
    expect(await standing(next.key)).toEqual([
      'sent',
      [
        [ana.email, 'skipped', 'address_marked'],
        [office, 'sent', null],
      ],
    ]);
  });

  it.each([
    [
      'the others get the e-mail',
      [ana, ben],
      office,
      [
        [ana.email, 'skipped', 'address_marked'],
        [ben.email, 'sent', null],
      ],
    ],
    [
      'the fallback address gets the e-mail',
      [ana],
      office,
      [
        [ana.email, 'skipped', 'address_marked'],
        [office, 'sent', null],
      ],
    ],
    ['Customer Success is notified', [ana], null, [[ana.email, 'skipped', 'address_marked']]],
  ])('gets no previously planned e-mails, either: %s', async (_, recipients, fallbackEmail, expected) => {
    stage.others.told = () => toldOf({ recipients, fallbackEmail });
    const { key, organizationId } = await sent();
    await stage.provider.down();
    const next = aReminder({ organizationId });
    await stage.request(next);
    await stage.heldUp(next.key, recipients.length, () => report(key, ana.email, 'complained'));
    await becomes(next.key, [expected.length > 1 ? 'sent' : 'failed', expected]);
    await seenTo(next.key);
    expect(stage.emailsOf(next.key).map(({ to }) => to[0])).not.toContain(ana.email);
    if (fallbackEmail === null) await eventually(() => expect(emailsToReviewers(next.key)).toHaveLength(1));
  });

  it('is recorded with a notice for which nobody else is left, and Customer Success is notified', async () => {
    stage.others.told = () => toldOf({ recipients: [ana] });
    const { key, organizationId } = await sent();
    await report(key, ana.email, 'bounced');
    const next = await sent(organizationId);
    expect(await standing(next.key)).toEqual(['failed', [[ana.email, 'skipped', 'address_marked']]]);
    await eventually(async () => expect(await stage.ended(`${next.key}/recipients_unreachable`)).toBeDefined());
  });

  it('is not marked for a temporary reason: a full mailbox, or a delay', async () => {
    stage.others.told = () => toldOf({ recipients: [ana, ben] });
    const { key, superAdmin } = await sent();
    await report(key, ana.email, 'bounced', { permanent: false });
    await report(key, ben.email, 'delayed');
    expect(await marked(superAdmin)).toEqual([]);
  });
});
