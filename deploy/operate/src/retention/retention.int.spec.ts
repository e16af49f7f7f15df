import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  clearMarkedAddress,
  getDelivery,
  listAccountsAudit,
  listDeliveries,
  listMarkedAddresses,
  listNotices,
  readCalendar,
  recordDeliveryReport,
  requestNotice,
  resolveDelivery,
  type Actor,
  type AskOf,
} from '@tenure/contracts';
import { Client } from 'pg';
import { forget } from '../forget/forget.js';
import { installedStage, typedAt, type Delivered } from '../testing/installed.js';
import { verify } from '../verify/verify.js';
import { removeOld } from './retention.js';

const stage = installedStage();
const { role, anOrganization, aMember, leaves, anAccount, tells, comesBack, allIsTold, tablesWith, everything } = stage;

/** Runs the command as a person at the terminal would. */
async function removes(
  { agrees = true, as, progress = () => undefined }: { agrees?: boolean; as?: string; progress?: () => void } = {},
  months = 36,
): Promise<string[]> {
  const said: string[] = [];
  await removeOld({
    ...{ database: as ?? stage.url(), months, progress },
    say: (line) => said.push(line),
    agreed: async () => agrees,
  });
  return said;
}

/** Makes everything that is stored about these notices 40 months older. */
async function age(deliveries: readonly { deliveryId: string }[]): Promise<void> {
  const ids = deliveries.map(({ deliveryId }) => deliveryId);
  const notices = `select notice_id from notifications.deliveries where delivery_id = any($1)`;
  const theirs = `select delivery_id from notifications.deliveries where notice_id in (${notices})`;
  const older = (...columns: string[]) => columns.map((name) => `${name} = ${name} - interval '40 months'`).join(', ');
  for (const [table, columns, where] of [
    ['notices', ['requested_at', 'ended_at', 'due_at'], `notice_id in (${notices})`],
    ['deliveries', ['sent_at'], `notice_id in (${notices})`],
    ['delivery_events', ['at', 'recorded_at'], `delivery_id in (${theirs})`],
    [
      'audit',
      ['at'],
      `subject in (select delivery_id::text from (${theirs}) t union all select notice_id::text from (${notices}) n)`,
    ],
    [
      'dispatches',
      ['first_attempt_at', 'ended_at'],
      `dispatch_id in (select dispatch_id from notifications.dispatched_emails where delivery_id in (${theirs}))`,
    ],
  ] as const)
    await stage.database.sql(`update notifications.${table} set ${older(...columns)} where ${where}`, [ids]);
}

interface StoredRow {
  table: string;
  key: string;
  columns: Record<string, unknown>;
}
/** Every stored row by its primary key. */
async function rows(): Promise<Map<string, StoredRow>> {
  const tables = await stage.database.sql<{ name: string; key: string[] }>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_index i join pg_attribute a
        on a.attrelid = i.indrelid and a.attnum = any(i.indkey) where i.indrelid = c.oid and i.indisprimary) as key
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('accounts', 'licensing', 'notifications') and c.relkind = 'r' and not c.relispartition
       and c.relname not in ('turns', 'outbox', 'mikro_orm_migrations')`,
  );
  const found = new Map<string, StoredRow>();
  for (const { name, key } of tables)
    for (const { columns } of await stage.database.sql<{ columns: Record<string, unknown> }>(
      `select to_jsonb(r) as columns from ${name} r`,
    )) {
      const id = (key ?? Object.keys(columns)).map((column) => String(columns[column])).join(' ');
      found.set(`${name} ${id}`, { table: name, key: id, columns });
    }
  return found;
}

/** What became of the rows: `table: changed columns`, `table +` or `table −`, by row. */
function differences(before: Map<string, StoredRow>, after: Map<string, StoredRow>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [id, { table, columns }] of before) {
    const now = after.get(id);
    if (now === undefined) found.set(id, `${table} −`);
    else {
      const changed = Object.keys(columns).filter(
        (name) => JSON.stringify(columns[name]) !== JSON.stringify(now.columns[name]),
      );
      if (changed.length > 0) found.set(id, `${table}: ${changed.toSorted().join(', ')}`);
    }
  }
  for (const [id, { table }] of after) if (!before.has(id)) found.set(id, `${table} +`);
  return found;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const get = (actor: Actor, { deliveryId }: { deliveryId: string }) =>
  stage.gateway.ask(getDelivery, { actor, deliveryId });
const about = (organizationId: string, accountId: string) => ({ organizationId, accountId, applicationId: null });

// One story: each test goes on where the one before it has ended.
describe('e-mails that have not changed for longer than the period', () => {
  const ana = { name: 'Ana Gil', email: 'ana.gil@helios.example' };
  const words = '550 5.1.1 The mailbox of ana.gil is gone.';
  let helios: string;
  let she: Actor;
  let carla: Actor;
  let roof: string;
  let bounced: Delivered;
  /** A reminder, with the address of a calendar. */
  let reminder: Delivered;
  let calendarToken: string;
  /** As the first version stored an e-mail, and as the second. */
  let whole: Delivered;
  let ownLine: Delivered;
  /** Part of the same request as an old e-mail. */
  let recent: Delivered;
  /** Nobody knows whether it was sent. */
  let unclear: Delivered;
  const rendered = new Map<string, { html: string; text: string }>();

  beforeAll(async () => {
    const own = await anOrganization('Platform operations', true);
    carla = await aMember({
      ...{ organizationId: own, name: 'Carla', email: 'carla@platform.example', subject: 'carla' },
      role: 'customer_success',
    });
    helios = await anOrganization('Helios');
    she = await aMember({ organizationId: helios, ...ana, subject: 'ana' });
    roof = await anAccount(helios, ['Site@helios.example']);
    const told = about(helios, roof);
    const old = await tells('subscription_renewed', told);
    bounced = old.find(({ email }) => email === ana.email)!;
    await comesBack(bounced, words);
    await stage.gateway.ask(clearMarkedAddress, { actor: she, address: ana.email });
    await stage.database.sql(
      `update notifications.cleared_addresses set cleared_at = cleared_at - interval '40 months'`,
    );
    const reminded = await tells('reminder', told, 'P7D');
    reminder = reminded.find(({ email }) => email === ana.email)!;
    const { text } = (await get(she, reminder)).rendered!;
    calendarToken = /\/calendar\/([\w-]+)[.]ics/.exec(text)![1]!;
    const others = [await tells('subscription_renewed', told), await tells('subscription_renewed', told)];
    [whole, ownLine] = others.map((each) => each.find(({ email }) => email === ana.email)!) as [Delivered, Delivered];
    const inUnclear = await tells('subscription_renewed', told);
    unclear = inUnclear.find(({ email }) => email === ana.email)!;
    const inRecent = await tells('subscription_renewed', told);
    recent = inRecent.find(({ email }) => email === ana.email)!;
    await allIsTold();

    for (const one of [bounced, reminder, whole, ownLine])
      rendered.set(one.deliveryId, (await get(she, one)).rendered!);
    await stage.database.sql(
      `update notifications.dispatched_emails set request = $2, form_id = null where delivery_id = $1`,
      [whole.deliveryId, JSON.stringify({ ...rendered.get(whole.deliveryId), tags: [] })],
    );
    await stage.database.sql(
      `update notifications.dispatched_emails e set filled = split_part(d.filled, chr(10), e.position + 1)
       from notifications.dispatches d where d.dispatch_id = e.dispatch_id and e.delivery_id = $1`,
      [ownLine.deliveryId],
    );
    await stage.database.sql(`update notifications.deliveries set status = 'unknown' where delivery_id = $1`, [
      unclear.deliveryId,
    ]);
    // One request to the provider with an old e-mail and recent ones.
    await stage.database.sql(
      `with one as (select dispatch_id from notifications.dispatched_emails where delivery_id = $1),
       other as (select d.dispatch_id, d.filled from notifications.dispatches d
         join notifications.dispatched_emails using (dispatch_id) where delivery_id = $2),
       moved as (update notifications.dispatched_emails e set dispatch_id = one.dispatch_id, position = e.position + 50
         from one, other where e.dispatch_id = other.dispatch_id)
       update notifications.dispatches d set filled = d.filled || repeat(chr(10),
           50 - (select count(*)::int from notifications.dispatched_emails e where e.dispatch_id = d.dispatch_id) + 1) || other.filled
       from one, other where d.dispatch_id = one.dispatch_id`,
      [bounced.deliveryId, recent.deliveryId],
    );
    await stage.database.sql(
      `delete from notifications.dispatches d where not exists (
         select from notifications.dispatched_emails e where e.dispatch_id = d.dispatch_id)`,
    );
    await age([bounced, reminder, whole, ownLine, unclear]);
  });
  beforeEach(allIsTold);

  it('stay until the listed changes are confirmed', async () => {
    const before = await everything();
    expect(await removes({ agrees: false })).toEqual([
      expect.stringMatching(/^This permanently removes what 4 notices said and to whom, unchanged since 20.*:$/),
      '  notifications.audit              11',
      '  notifications.cleared_addresses  1',
      '  notifications.deliveries         8',
      '  notifications.delivery_events    1',
      '  notifications.dispatched_emails  8',
      '  notifications.dispatches         4',
    ]);
    expect(await everything()).toEqual(before);
  });

  it('stay if the role may not change all of it', async () => {
    for (const as of ['notifications', 'notifications_owner'] as const)
      await expect(removes({ as: stage.database.url(as) })).rejects.toThrow(`The role ${as} may not do this`);
  });

  it('lose what they said, to whom, and the provider’s words; nothing else changes', async () => {
    const before = await rows();
    const elsewhere = Object.entries(await tablesWith(ana.email)).filter(([table]) => table.startsWith('accounts.'));
    expect(Object.keys(await tablesWith(words))).toEqual([
      'notifications.audit',
      'notifications.deliveries',
      'notifications.delivery_events',
    ]);
    expect(Object.keys(await tablesWith(calendarToken))).toEqual(['notifications.dispatches']);
    const said = await removes();
    expect(said.slice(-2)).toEqual([
      'Done: 33 rows.',
      'Kept although old: 1 notice with an e-mail of which nobody knows whether it was sent (docs/operations/email-unknown.md).',
    ]);
    for (const text of [words, calendarToken]) expect(await tablesWith(text)).toEqual({});
    // Only the recent e-mail and the unclear one still say it.
    const left = await tablesWith(ana.email);
    expect(Object.entries(left).filter(([table]) => table.startsWith('accounts.'))).toEqual(elsewhere);
    expect(left['notifications.deliveries']).toBe(2);

    const found = differences(before, await rows());
    const kinds = Map.groupBy(found.values(), (difference) => difference);
    expect(Object.fromEntries([...kinds].map(([difference, each]) => [difference, each.length]))).toEqual({
      'accounts.audit +': 2,
      'notifications.audit: details': 11,
      'notifications.cleared_addresses −': 1,
      'notifications.deliveries: contents_removed_at, email, name': 3,
      'notifications.deliveries: contents_removed_at, email, name, reason': 1,
      'notifications.deliveries: contents_removed_at, email': 4,
      'notifications.delivery_events: words': 1,
      'notifications.dispatched_emails: html_sha256, text_sha256': 6,
      'notifications.dispatched_emails: html_sha256, request, text_sha256': 1,
      'notifications.dispatched_emails: filled, html_sha256, text_sha256': 1,
      'notifications.dispatches: filled': 4,
    });
  });

  it('are still on record: their state and history, when their contents were removed, and by what to check a copy', async () => {
    const { history, ...shown } = await get(she, bounced);
    const removedAt = shown.contentsRemovedAt!;
    expect(Date.parse(removedAt)).toBeGreaterThan(Date.now() - 600_000);
    const { html, text } = rendered.get(bounced.deliveryId)!;
    expect(shown).toMatchObject({
      ...{ email: `removed-${bounced.deliveryId}@removed.invalid`, name: null, status: 'bounced', reason: null },
      ...{ providerId: bounced.providerId, kind: 'subscription_renewed', accountId: roof, rendered: null },
      digests: { html: sha256(html), text: sha256(text) },
    });
    expect(history).toMatchObject([{ kind: 'bounced', words: null, permanent: true }]);
    for (const one of [reminder, whole, ownLine]) {
      const sent = rendered.get(one.deliveryId)!;
      expect((await get(she, one)).digests).toEqual({ html: sha256(sent.html), text: sha256(sent.text) });
    }
    const { items } = await stage.gateway.ask(listNotices, { actor: she, accountId: roof });
    const deliveries = items.flatMap((notice) => notice.deliveries);
    expect(deliveries.find(({ deliveryId }) => deliveryId === bounced.deliveryId)).toMatchObject({
      ...{ status: 'bounced', contentsRemovedAt: removedAt },
    });
    const untouched = await get(she, recent);
    expect([untouched.contentsRemovedAt, untouched.digests, untouched.rendered!.to]).toEqual([
      null,
      undefined,
      [ana.email],
    ]);
  });

  it('are not found by their address', async () => {
    const { items } = await stage.gateway.ask(listDeliveries, { actor: carla, status: 'any', email: ana.email });
    expect(items.map(({ deliveryId }) => deliveryId).toSorted()).toEqual(
      [recent.deliveryId, unclear.deliveryId].toSorted(),
    );
  });

  it('are in the audit trail of the organization: who removed how many, older than when', async () => {
    const { items } = await stage.gateway.ask(listAccountsAudit, { actor: she, limit: 200 });
    const removals = items.filter(({ action }) => action === 'email_contents.removed');
    const by = { kind: 'operator', memberId: null, service: null };
    const after = { databaseRole: role, olderThan: expect.stringMatching(/^20\d\d-.*Z$/) };
    expect(removals.map(({ by: author, after: noted }) => [author, noted])).toEqual([
      [by, { ...after, markedAddresses: 2 }],
      [by, { ...after, emails: 8 }],
    ]);
  });

  it('take a late report without its words, and nothing more is sent because of it', async () => {
    const report = { reportId: randomUUID(), kind: 'bounced' as const, at: new Date().toISOString(), permanent: true };
    const { providerId, deliveryId } = reminder;
    const late = { ...report, providerId, deliveryId, words: `550 ${ana.email} is unknown` };
    for (const permanent of [true, false])
      expect(
        await stage.gateway.ask(recordDeliveryReport, {
          ...late,
          permanent,
          reportId: `${report.reportId}${permanent}`,
        }),
      ).toEqual({ known: true });
    await allIsTold();
    expect(await get(she, reminder)).toMatchObject({
      ...{ status: 'bounced', reason: null },
      history: [
        { kind: 'bounced', words: null },
        { kind: 'bounced', words: null },
      ],
    });
    expect(await tablesWith('is unknown')).toEqual({});
    expect((await stage.gateway.ask(listMarkedAddresses, { actor: she })).items).toEqual([]);
    const [notice] = await stage.database.sql(
      `select status, (select count(*)::int from notifications.deliveries d where d.notice_id = n.notice_id) as deliveries,
         (select count(*)::int from notifications.deliveries d where d.notice_id = n.notice_id and retry_at is not null) as retries
       from notifications.notices n where notice_id = (select notice_id from notifications.deliveries where delivery_id = $1)`,
      [reminder.deliveryId],
    );
    expect(notice).toEqual({ status: 'sent', deliveries: 2, retries: 0 });
  });

  it('are not sent again when their notice is requested again', async () => {
    const [stored] = await stage.database.sql<Pick<AskOf<typeof requestNotice>, 'key'> & { noticeId: string }>(
      `select key, notice_id as "noticeId" from notifications.notices join notifications.deliveries using (notice_id)
       where delivery_id = $1`,
      [bounced.deliveryId],
    );
    const before = await everything();
    expect(
      await stage.workflows.ask(requestNotice, {
        ...{ ...about(helios, roof), key: stored!.key, kind: 'subscription_renewed', offset: null, termNumber: 1 },
        ...{ dueAt: new Date().toISOString(), skip: null },
      }),
    ).toEqual({ noticeId: stored!.noticeId, status: 'sent' });
    await allIsTold();
    expect(await everything()).toEqual(before);
  });

  it('are removed once, however often the command runs', async () => {
    // The late report is not older than the period.
    const before = await everything();
    const said = await removes();
    expect(said[0]).toMatch(/^Nothing from before 20.* is left to remove[.]$/);
    expect(await everything()).toEqual(before);
  });

  it('are kept while nobody knows whether one was sent, and removed once that is settled and as old', async () => {
    await stage.gateway.ask(resolveDelivery, {
      ...{ actor: carla, key: randomUUID(), deliveryId: unclear.deliveryId, resolution: 'arrived' },
      reason: 'She said so on the phone.',
    });
    expect(await removes()).toHaveLength(1);
    await age([unclear]);
    await removes();
    const { contentsRemovedAt, history, status } = await get(carla, unclear);
    expect([typeof contentsRemovedAt, status]).toEqual(['string', 'delivered']);
    // What people wrote stays.
    expect(history).toMatchObject([{ kind: 'confirmed', words: 'She said so on the phone.' }]);
    expect(Object.keys(await tablesWith('on the phone'))).toEqual([
      'notifications.audit',
      'notifications.delivery_events',
    ]);
  });

  it('leave the stored data consistent', async () => {
    const { offenders } = await verify(stage.url(), () => undefined);
    expect(offenders).toBe(0);
  });

  it('leave nothing to forget in them when their recipient is forgotten', async () => {
    await leaves('ana');
    const said: string[] = [];
    const nothingIsLeft = await forget({
      ...{ database: stage.url(), typed: ana.email, agreed: async () => true },
      say: (line) => said.push(line),
    });
    expect(said.join('\n')).toContain('Nothing in the database names them anymore.');
    expect(nothingIsLeft).toBe(true);
    expect((await get(carla, bounced)).email).toBe(`removed-${bounced.deliveryId}@removed.invalid`);
    expect((await get(carla, recent)).email).toBe(`forgotten-${she.memberId}@forgotten.invalid`);
  });
});

describe('the address of an account’s calendar in an old reminder', () => {
  const tokens: string[] = [];
  const expired: string[] = [];
  const read = (token: string) => stage.gateway.ask(readCalendar, { token });
  beforeAll(async () => {
    const organizationId = await anOrganization('Calendars');
    const actor = await aMember({ organizationId, name: 'Pau', email: 'pau@calendar.example', subject: 'pau' });
    for (let index = 0; index < 2; index += 1) {
      const accountId = await anAccount(organizationId);
      const [sent] = await tells('reminder', about(organizationId, accountId), 'P7D');
      const { text } = (await get(actor, sent!)).rendered!;
      tokens.push(/\/calendar\/([\w-]+)[.]ics/.exec(text)![1]!);
      expired.push(accountId);
    }
    await stage.database.sql(`update accounts.calendars set created_at = created_at - interval '40 months'`);
  });

  it('goes once the account has been expired for as long; its link then answers as if it had never existed', async () => {
    const [, working] = tokens;
    await stage.database.sql(
      `update accounts.accounts set expires_on = expires_on - 1500, expires_at = expires_at - interval '1500 days',
         valid_until = valid_until - interval '1500 days' where account_id = $1`,
      [expired[0]],
    );
    expect(await removes()).toEqual([expect.any(String), '  accounts.calendars  1', 'Done: 1 row.']);
    await expect(read(tokens[0]!)).rejects.toMatchObject({ code: 'not_found' });
    expect((await read(working!)).entries).toHaveLength(1);
    const [entry] = await stage.database.sql(
      `select details - 'olderThan' as details from accounts.audit where action = 'calendar.reminders_removed'`,
    );
    expect(entry).toEqual({ details: { addresses: 1, databaseRole: role } });
  });
});

describe('an expiry that did not happen', () => {
  it('keeps no recipients: if it is announced after all, it goes to whoever is a recipient then', async () => {
    const organizationId = await anOrganization('Still valid');
    const accountId = await anAccount(organizationId);
    const { noticeId } = await stage.workflows.ask(requestNotice, {
      ...{ ...about(organizationId, accountId), key: `${accountId}/1/expired`, kind: 'subscription_expired' },
      ...{ offset: null, termNumber: 1, dueAt: new Date().toISOString(), skip: 'still_valid' },
    });
    const deliveryId = randomUUID();
    await stage.database.sql(
      `insert into notifications.deliveries (delivery_id, notice_id, organization_id, email, name, language, status, reason)
       values ($1, $2, $3, 'before@valid.example', 'Before', 'en', 'skipped', 'still_valid')`,
      [deliveryId, noticeId, organizationId],
    );
    await age([{ deliveryId }]);
    await removes();
    const [notice] = await stage.database.sql(
      `select status, reason, (select count(*)::int from notifications.deliveries d where d.notice_id = n.notice_id) as deliveries
       from notifications.notices n where notice_id = $1`,
      [noticeId],
    );
    expect(notice).toEqual({ status: 'skipped', reason: 'still_valid', deliveries: 0 });
  });
});

describe('with more e-mails than one batch', () => {
  /** More than two batches. */
  const many = 450;
  let organizationId: string;
  let first: Delivered;
  beforeAll(async () => {
    organizationId = await anOrganization('Many');
    await aMember({ organizationId, name: 'Mireia', email: 'mireia@many.example', subject: 'mireia' });
    const accountId = await anAccount(organizationId);
    [first] = (await tells('subscription_renewed', about(organizationId, accountId))) as [Delivered];
  });
  /** Old copies of a notice, of which two each went in one request. */
  async function copies(): Promise<void> {
    await stage.database.sql(
      `with pattern as (select n.kind, n.organization_id, n.account_id, n.term_number, n.due_at, d.email, x.filled, e.form_id from notifications.notices n
         join notifications.deliveries d using (notice_id) join notifications.dispatched_emails e using (delivery_id)
         join notifications.dispatches x on x.dispatch_id = e.dispatch_id where d.delivery_id = $1),
       copies as (select i, uuidv7() as notice_id, uuidv7() as delivery_id from generate_series(1, $2) as i),
       together as (select g, uuidv7() as dispatch_id from generate_series(1, ($2 + 1) / 2) as g),
       notices as (insert into notifications.notices (notice_id, key, kind, organization_id, account_id, term_number, due_at,
           status, clock_ahead_seconds, requested_at, ended_at, attempt_at, failures)
         select c.notice_id, 'copy/' || c.notice_id, kind, organization_id, account_id, term_number, due_at, 'sent', 0,
           now() - interval '40 months', now() - interval '40 months', now(), 0 from pattern, copies c),
       deliveries as (insert into notifications.deliveries (delivery_id, notice_id, organization_id, email, name, language,
           status, sent_at)
         select c.delivery_id, c.notice_id, organization_id, email, 'Mireia', 'en', 'sent', now() - interval '40 months'
         from pattern, copies c),
       dispatches as (insert into notifications.dispatches (dispatch_id, attempts, first_attempt_at, ended_at, attempt_at,
           failures, filled)
         select dispatch_id, 1, now() - interval '40 months', now() - interval '40 months', now(), 0,
           filled || chr(10) || filled from pattern, together)
       insert into notifications.dispatched_emails (dispatch_id, position, delivery_id, organization_id, status, form_id)
         select dispatch_id, i % 2, delivery_id, organization_id, 'sent', form_id
         from pattern, copies join together on g = (i + 1) / 2`,
      [first.deliveryId, many],
    );
  }
  const left = async () =>
    (
      await stage.database.sql<{ count: number }>(
        `select count(*)::int as count from notifications.deliveries d
         where name = 'Mireia' and delivery_id <> $1`,
        [first.deliveryId],
      )
    )[0]!.count;
  /** Dispatches that still contain the address. */
  const filled = async () => (await tablesWith('mireia@many.example'))['notifications.dispatches'];
  const recorded = async () =>
    (
      await stage.database.sql<{ count: number }>(
        `select coalesce(sum((details ->> 'emails')::int), 0)::int as count from accounts.audit
         where action = 'email_contents.removed' and organization_id = $1`,
        [organizationId],
      )
    )[0]!.count;

  it('an interrupted run keeps what it has removed, and the next one continues', async () => {
    const before = await recorded();
    await copies();
    await expect(
      removes({
        progress: () => {
          throw new Error('Interrupted.');
        },
      }),
    ).rejects.toThrow('Interrupted.');
    expect([await left(), (await recorded()) - before]).toEqual([many - 200, 200]);
    await removes();
    expect([await left(), await filled(), (await recorded()) - before]).toEqual([0, 1, many]);
  });

  it('two runs at once remove each e-mail once', async () => {
    const before = await recorded();
    await copies();
    await Promise.all([removes(), removes()]);
    expect([await left(), await filled(), (await recorded()) - before]).toEqual([0, 1, many]);
  });

  it('nobody waits for anybody: a notice that somebody holds is left to the next run', async () => {
    await copies();
    const other = new Client({ connectionString: stage.url() });
    await other.connect();
    try {
      await other.query('begin');
      const held = await other.query(
        `select from notifications.notices n join notifications.deliveries d using (notice_id)
         where d.name = 'Mireia' and delivery_id <> $1 limit 3 for update of n`,
        [first.deliveryId],
      );
      expect(held.rowCount).toBe(3);
      await removes();
      expect(await left()).toBe(3);
    } finally {
      await other.end();
    }
    await removes();
    expect(await left()).toBe(0);
  });
});

describe('at a terminal', () => {
  const typed = (answer: string, ...words: string[]) =>
    typedAt({ DATABASE_URL: stage.url() }, answer, 'retention', ...words);
  // What other tests have left.
  beforeAll(async () => void (await removes()));

  it('the command asks first, and a dry run does not ask', async () => {
    const organizationId = await anOrganization('Terminal');
    await aMember({ organizationId, name: 'Teo Mas', email: 'teo@terminal.example', subject: 'teo' });
    await age(await tells('subscription_renewed', about(organizationId, await anAccount(organizationId))));
    for (const [answer, ...more] of [[''], ['no\n'], ['yes\n', '--dry-run']]) {
      const { code, out } = await typed(answer!, '--months', '36', ...more);
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/notifications[.]deliveries +1\n[^]*Nothing was changed[.]\n$/),
      ]);
    }
    expect((await typed('', '--months', '36', '--yes')).out).toMatch(/^This permanently [^]*Done: 4 rows[.]\n/);
    expect((await tablesWith('teo@terminal.example'))['notifications.deliveries']).toBeUndefined();
  });

  it("the database's address can be in a file, as it is in a cluster", async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'tenure-retention-')), 'database-url');
    writeFileSync(file, `${stage.url()}\n`);
    try {
      const { code, out } = await typedAt({ DATABASE_URL_FILE: file }, '', 'retention', '--months', '36', '--yes');
      expect([code, out]).toEqual([0, expect.stringMatching(/^Nothing from before .* is left to remove[.]\n/)]);
    } finally {
      rmSync(path.dirname(file), { recursive: true });
    }
  });

  it.each([
    [[], /^The number of months is missing: there is no default[.]/],
    [['--months', '0'], /^"0" is not a whole number of months from 1 to 1200[.]\n$/],
    [['--months', '3y'], /^"3y" is not a whole number/],
    [['--years', '3'], /^Unknown option '--years'/],
  ])('an error is printed as a sentence: %s', async (words, sentence) => {
    const { code, out } = await typed('', ...words);
    expect([code, out]).toEqual([1, expect.stringMatching(sentence)]);
  });

  it('nothing of another deployment is removed on this machine', async () => {
    const { code, out } = await typedAt({ NATS_URL: stage.nats.url }, 'y\n', 'retention', '--months', '36');
    expect([code, out]).toEqual([1, expect.stringMatching(/^With NATS_URL, set DATABASE_URL too/)]);
  });
});
