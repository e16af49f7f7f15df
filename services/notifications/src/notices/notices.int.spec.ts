import {
  listNotices,
  listNotificationsAudit,
  noticeKinds,
  noticeReopened,
  noticeSent,
  noticeSkipped,
  requestManyNotices,
  requestNotice,
  type Actor,
  type NoticeView,
} from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { isForReviewers } from '../domain/audience.js';
import { ana, aPlan, ben, toldOf } from '../testing/answers.js';
import { anApplicationNotice, another, aReminder, helios, stageWithService } from '../testing/stage.js';

const stage = stageWithService();

const actor = (organizationId: string, ...roles: Actor['roles']): Actor => ({
  memberId: uuidv7(),
  organizationId,
  roles,
});
const listed = async (who: Actor, accountId: string): Promise<NoticeView[]> =>
  (await stage.gateway.ask(listNotices, { actor: who, accountId })).items;

describe('a request for a notice', () => {
  it('is stored once: the first request with a key wins, a repeat changes nothing', async () => {
    const reminder = aReminder({ skip: 'superseded' });
    const first = await stage.request(reminder);
    expect(first.status).toBe('skipped');
    expect(await stage.request({ ...reminder, kind: 'subscription_expired', skip: null })).toEqual(first);
    expect(
      await stage.database.sql(`select kind, status, reason from notifications.notices where key = $1`, [reminder.key]),
    ).toEqual([{ kind: 'reminder', status: 'skipped', reason: 'superseded' }]);
  });

  it('for an expiry that did not happen is planned again when it does, for the same recipients', async () => {
    const stillValid = () => aPlan({ current: false, reason: 'still_valid' });
    stage.others.plan = stillValid;
    const accountId = uuidv7();
    const expiry = (over: object = {}) =>
      aReminder({ accountId, key: `${accountId}/1/expired`, kind: 'subscription_expired', offset: null, ...over });
    const { noticeId } = await stage.request(expiry());
    const { key } = expiry();
    expect(await stage.ended(key)).toEqual({ status: 'skipped', reason: 'still_valid', deliveries: [] });
    // The account stopped too long ago: nobody is notified anymore.
    expect(await stage.request(expiry({ skip: 'stale' }))).toEqual({ noticeId, status: 'skipped' });

    stage.others.plan = () => aPlan();
    await stage.provider.down();
    expect(await stage.request(expiry({ dueAt: '2027-12-09T23:00:00.000Z' }))).toEqual({ noticeId, status: 'planned' });
    await stage.heldUp(key, 1, () => {
      stage.others.plan = stillValid;
    });
    expect(await stage.ended(key)).toMatchObject({ status: 'skipped', deliveries: [{ status: 'skipped' }] });

    stage.others.plan = () => aPlan();
    await stage.request(expiry({ dueAt: '2027-12-10T23:00:00.000Z' }));
    expect(await stage.ended(key)).toMatchObject({
      status: 'sent',
      deliveries: [{ email: ana.email, status: 'sent' }],
    });
    expect(await stage.request(expiry())).toEqual({ noticeId, status: 'sent' });
    expect(stage.emailsOf(key)).toHaveLength(1);
    expect(
      await stage.database.sql('select due_at from notifications.notices where notice_id = $1', [noticeId]),
    ).toEqual([{ due_at: new Date('2027-12-10T23:00:00.000Z') }]);
    await eventually(async () => {
      const told = (await stage.nats.events()).filter((event) => event.accountId === accountId);
      expect(told.map(({ type }) => type)).toEqual(
        [noticeSkipped, noticeReopened, noticeSkipped, noticeReopened, noticeSent].map(({ name }) => name),
      );
    });
  });

  it('can come with others in one message, each stored or refused independently', async () => {
    const [kept, skipped] = [aReminder(), aReminder({ skip: 'superseded' })];
    const asks = [kept, aReminder({ accountId: null }), skipped, kept];
    const { items } = await (await stage.nats.ask('workflows')).ask(requestManyNotices, { asks });
    const noticeId = expect.any(String) as string;
    expect(items).toMatchObject([
      { answer: { noticeId, status: 'planned' } },
      { problem: { code: 'invalid', errors: [{ path: 'accountId' }] } },
      { answer: { noticeId, status: 'skipped' } },
      { answer: items[0] && 'answer' in items[0] && items[0].answer },
    ]);
    expect((await stage.ended(kept.key)).status).toBe('sent');
  });

  it('that arrives many times concurrently makes one notice', async () => {
    const reminder = aReminder({ skip: 'superseded' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => stage.request(reminder)));
    expect(new Set(answers.map(({ noticeId }) => noticeId)).size).toBe(1);
  });

  it('with skip is recorded and never sent', async () => {
    const skipped = aReminder({ skip: 'expired' });
    await stage.request(skipped);
    expect(await stage.ended(skipped.key)).toEqual({ status: 'skipped', reason: 'expired', deliveries: [] });
    expect(stage.emailsOf(skipped.key)).toEqual([]);
    expect(
      await stage.database.sql(`select action, caller, details from notifications.audit where details->>'key' = $1`, [
        skipped.key,
      ]),
    ).toEqual([{ action: 'notice.skipped', caller: 'workflows', details: { key: skipped.key, reason: 'expired' } }]);
  });

  it('with skip publishes one event, however often it is repeated', async () => {
    const skipped = aReminder({ skip: 'expired' });
    const { noticeId } = await stage.request(skipped);
    await stage.request(skipped);
    const after = aReminder({ skip: 'superseded' });
    await stage.request(after);
    const told = async (key: string) =>
      (await stage.nats.events()).filter(({ data }) => (data as { key: string }).key === key);
    await eventually(async () => expect(await told(after.key)).toHaveLength(1));
    const { kind, offset, termNumber, key, accountId, organizationId } = skipped;
    expect(await told(key)).toEqual([
      expect.objectContaining({
        ...{ type: noticeSkipped.name, organizationId, accountId },
        data: { noticeId, key, kind, offset, termNumber, reason: 'expired' },
      }),
    ]);
  });

  it('without its references is refused, and nothing is stored', async () => {
    const reminder = aReminder({ offset: null, termNumber: null });
    await expect(stage.request(reminder)).rejects.toMatchObject({
      problem: {
        status: 422,
        code: 'invalid',
        errors: [
          { path: 'offset', code: 'missing' },
          { path: 'termNumber', code: 'missing' },
        ],
      },
    });
    expect(await stage.database.sql(`select from notifications.notices where key = $1`, [reminder.key])).toEqual([]);
  });

  it.each([
    [{ kind: 'something' }, 'kind'],
    [{ dueAt: 'tomorrow' }, 'dueAt'],
    [{ key: '' }, 'key'],
    [{ organizationId: 'helios' }, 'organizationId'],
    [{ extra: 1 }, 'extra'],
  ])('that does not match the schema is refused with the field: %j', async (over, path) => {
    const reply = await (
      await stage.nats.connect('workflows')
    ).request(`${requestNotice.name}.workflows`, JSON.stringify({ ...aReminder(), ...over }), { timeout: 30_000 });
    expect(reply.json()).toMatchObject({ status: 422, code: 'invalid', errors: [{ path }] });
  });
});

describe('the list of notices about an account', () => {
  it('contains them with their deliveries, latest first', async () => {
    const accountId = uuidv7();
    const month = aReminder({ accountId, key: `${accountId}/1/P1M`, offset: 'P1M', skip: 'superseded' });
    const week = aReminder({ accountId });
    await stage.request(month);
    await stage.request(week);
    await stage.ended(week.key);
    expect(await listed(actor(helios, 'super_admin'), accountId)).toEqual([
      {
        noticeId: expect.any(String),
        key: week.key,
        kind: 'reminder',
        offset: 'P7D',
        termNumber: 1,
        applicationId: null,
        dueAt: week.dueAt,
        status: 'sent',
        reason: null,
        settled: true,
        deliveries: [
          {
            deliveryId: expect.any(String),
            email: ana.email,
            name: ana.name,
            status: 'sent',
            reason: null,
            sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
            providerId: stage.emailsOf(week.key)[0]!.id,
            contentsRemovedAt: null,
          },
        ],
      },
      expect.objectContaining({
        key: month.key,
        status: 'skipped',
        reason: 'superseded',
        settled: true,
        deliveries: [],
      }),
    ]);
  });

  /** Sent notices about a new account, two of them stored at once each time. */
  const sentNotices = async (many: number, recipients: number) => {
    const accountId = uuidv7();
    await stage.database.sql(
      `with told as (
         insert into notifications.notices (notice_id, key, kind, organization_id, account_id, due_at, status,
           clock_ahead_seconds, requested_at, attempt_at, failures)
         select uuidv7(), $1 || '/' || number || '/expired', 'subscription_expired', $2, $1::uuid, now(), 'sent', 0,
           now() - (number / 2) * interval '1 day', now(), 0
         from generate_series(1, $3::int) as number returning notice_id)
       insert into notifications.deliveries (delivery_id, notice_id, organization_id, email, name, language, status,
         sent_at, provider_id)
       select uuidv7(), notice_id, $2, number || '@helios.example', 'Member ' || number, 'en', 'delivered',
         now(), gen_random_uuid()
       from told, generate_series(1, $4::int) as number`,
      [accountId, helios, many, recipients],
    );
    const stored = await stage.database.sql<{ key: string }>(
      'select key from notifications.notices where account_id = $1 order by requested_at desc, notice_id desc',
      [accountId],
    );
    return { accountId, keys: stored.map(({ key }) => key) };
  };

  const pagesOf = async (accountId: string, limit?: number) => {
    const pages: NoticeView[][] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await stage.gateway.ask(listNotices, {
        actor: actor(helios, 'super_admin'),
        accountId,
        limit,
        cursor,
      });
      pages.push(page.items);
      cursor = page.next;
    }
    return pages;
  };

  it('contains those of ten years, with all their deliveries, page by page', async () => {
    const { accountId, keys } = await sentNotices(800, 12);
    const pages = await pagesOf(accountId, 25);
    expect(pages.map(({ length }) => length)).toEqual(Array.from({ length: 32 }, () => 25));
    expect(pages.flat().map(({ key }) => key)).toEqual(keys);
    expect(new Set(pages.flat().map(({ deliveries }) => deliveries.length))).toEqual(new Set([12]));
  });

  it.each([25, 200, undefined])(
    'has shorter pages where the deliveries to several hundred people would not fit into one message: limit %s',
    async (limit) => {
      const { accountId, keys } = await sentNotices(30, 400);
      const pages = await pagesOf(accountId, limit);
      expect(pages.flat().map(({ key }) => key)).toEqual(keys);
      expect(new Set(pages.flat().map(({ deliveries }) => deliveries.length))).toEqual(new Set([400]));
    },
  );

  it("gives sending times in the account's clock", async () => {
    stage.others.plan = () => aPlan({ now: new Date(Date.now() + 335 * 86_400_000).toISOString() });
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.ended(reminder.key);
    const [notice] = await listed(actor(helios, 'super_admin'), reminder.accountId!);
    const ahead = Date.parse(notice!.deliveries[0]!.sentAt!) - Date.parse(stage.emailsOf(reminder.key)[0]!.at);
    expect(Math.round(ahead / 86_400_000)).toBe(335);
  });

  it('is empty for another organization, and complete for Customer Success', async () => {
    const reminder = aReminder({ skip: 'expired' });
    await stage.request(reminder);
    const keysFor = async (who: Actor) => (await listed(who, reminder.accountId!)).map(({ key }) => key);
    expect(await keysFor(actor(another, 'super_admin'))).toEqual([]);
    expect(await keysFor(actor(helios, 'super_admin'))).toEqual([reminder.key]);
    expect(await keysFor(actor(another, 'customer_success'))).toEqual([reminder.key]);
    expect(await keysFor(actor(another, 'customer_success_lead'))).toEqual([reminder.key]);
  });

  it.each(['application_received', 'application_waiting', 'application_escalated'] as const)(
    'hides notices to reviewers, and their addresses, from the organization: %s',
    async (kind) => {
      stage.others.told = () => toldOf({ recipients: [ben], application: { status: 'pending' } });
      const accountId = uuidv7();
      const told = anApplicationNotice(kind, { accountId });
      await stage.request(told);
      await stage.ended(told.key);
      expect(await listed(actor(helios, 'super_admin'), accountId)).toEqual([]);
      expect(await listed(actor(another, 'customer_success'), accountId)).toMatchObject([{ key: told.key }]);
    },
  );
});

describe('the database', () => {
  it('matches the entities', async () => expect(await stage.database.drift()).toBe(''));

  it.each(['update notifications.audit set caller = caller', 'delete from notifications.audit'])(
    'does not let the service change the audit trail: %s',
    async (statement) =>
      expect(stage.database.sql(`do $$ begin set local role notifications; ${statement}; end $$`)).rejects.toThrow(
        'permission denied for table audit',
      ),
  );

  it('hides dispatches from members', async () => {
    await expect(
      stage.database.sql(
        `do $$ begin set local role notifications_member; perform from notifications.dispatches; end $$`,
      ),
    ).rejects.toThrow('permission denied for table dispatches');
  });
});

describe('the audit trail of an account', () => {
  const audited = async (
    who: Actor,
    accountId: string,
    limit = 200,
    before: { at: string; entryId: string } | null = null,
  ) => (await stage.gateway.ask(listNotificationsAudit, { actor: who, accountId, before, limit })).items;

  it('lists what happened to its notices and deliveries, latest first, page by page', async () => {
    const reminder = aReminder();
    await stage.request(reminder);
    await stage.ended(reminder.key);
    const accountId = reminder.accountId!;
    const all = await audited(actor(helios, 'super_admin'), accountId);
    expect(all.map(({ action, by }) => [action, by.service])).toEqual([
      ['notice.sent', 'notifications'],
      ['delivery.sent', 'notifications'],
      ['notice.requested', 'workflows'],
    ]);
    expect(all[1]!.after).toMatchObject({ key: reminder.key, email: ana.email });
    const { at, entryId } = all[0]!;
    expect(await audited(actor(helios, 'super_admin'), accountId, 1, { at, entryId })).toEqual([all[1]]);
  });

  it('hides notices to reviewers from the organization', async () => {
    const waiting = anApplicationNotice('application_waiting', { accountId: uuidv7() });
    await stage.request(waiting);
    await stage.ended(waiting.key);
    const accountId = waiting.accountId!;
    expect(await audited(actor(helios, 'super_admin'), accountId)).toEqual([]);
    const seen = await audited(actor(another, 'customer_success'), accountId);
    expect(seen.map(({ action, applicationId }) => [action, applicationId])).toEqual([
      ['notice.sent', waiting.applicationId],
      ['delivery.sent', waiting.applicationId],
      ['notice.requested', waiting.applicationId],
    ]);
    const visible = `select action from notifications.audit where details ->> 'key' = '${waiting.key}'`;
    await stage.database.sql('begin');
    await stage.database.sql('set local role notifications_member');
    await stage.database.sql(`set local app.organization = '${helios}'`);
    expect(await stage.database.sql(visible)).toEqual([]);
    await stage.database.sql('rollback');
  });

  it.each(noticeKinds)('includes the notice for the organization, unless it is for reviewers: %s', async (kind) => {
    const [accountId, applicationId] = [uuidv7(), uuidv7()];
    const key = `${applicationId}/${kind}`;
    await stage.request(aReminder({ accountId, applicationId, key, kind, skip: 'superseded' }));
    const seenBy = async (who: Actor) => [
      ...(await listed(who, accountId)).map((notice) => notice.key),
      ...(await audited(who, accountId)).map(({ after }) => after!['key']),
    ];
    expect(await seenBy(actor(another, 'customer_success'))).toEqual([key, key]);
    expect(await seenBy(actor(helios, 'super_admin'))).toEqual(isForReviewers(kind) ? [] : [key, key]);
  });

  it('is empty for another organization', async () => {
    const reminder = aReminder({ skip: 'superseded' });
    await stage.request(reminder);
    expect(await audited(actor(another, 'super_admin'), reminder.accountId!)).toEqual([]);
  });
});
