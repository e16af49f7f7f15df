import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  checkManyPlans,
  listRecipientsOfMany,
  oneOf,
  recordDeliveryReport,
  requestNotice,
  type AnswerOf,
  type AskOf,
  type checkPlan,
  type listRecipients,
  type NoticeView,
  type RequestOf,
} from '@tenure/contracts';
import type { Email } from '@tenure/local/mailbox/email';
import { startMailbox, type Mailbox } from '@tenure/local/mailbox/mailbox';
import { freePort } from '@tenure/local/servers/ports';
import {
  eventually,
  forAllTests,
  startOwnService,
  startTestService,
  testDatabase,
  testNats,
  type OwnProcess,
  type TestService,
} from '@tenure/testing';
import { Resend } from 'resend';
import { uuidv7 } from 'uuidv7';
import { notificationsDatabase } from '../database/database.js';
import { isUrgent } from '../domain/urgency.js';
import { NotificationsModule } from '../notifications.module.js';
import { ana, aPlan, toldOf, type Plan, type Told } from './answers.js';

/** The real servers around notifications, with stand-ins for accounts and licensing as far as it asks them. */
export async function setStage({ requestsPerSecond = 1000 } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tenure-mailbox-'));
  // Stored in a file, so that the provider still knows its idempotency keys after a restart.
  const mailboxOptions = {
    // Not a port that the system may give to another connection while nothing listens on it.
    port: await freePort(),
    file: path.join(folder, 'mailbox.jsonl'),
    requestsPerSecond,
    ownDomains: ['tenure.example'],
  };
  const [nats, database, firstMailbox] = await Promise.all([
    testNats(),
    testDatabase(notificationsDatabase),
    startMailbox(mailboxOptions),
  ]);
  // This version sets account and application itself.
  await database.sql('alter table notifications.audit disable trigger set_account');
  let mailbox: Mailbox = firstMailbox;
  const started: TestService[] = [];
  const processes: OwnProcess[] = [];
  type AskAboutRecipients = RequestOf<typeof listRecipients>;
  type AskAboutPlan = RequestOf<typeof checkPlan>;
  const asked = {
    recipients: [] as AskAboutRecipients[],
    plans: [] as AskAboutPlan[],
    /** How many notices each question about recipients covered. */
    messages: [] as number[],
  };
  /** The other services' answers, about a reminder to Ana a week before the last day; a test can replace them. */
  const usual = {
    told: (_about: AskAboutRecipients): Told => toldOf({ recipients: [ana] }),
    plan: (_about: AskAboutPlan): Plan | Promise<Plan> => aPlan({ daysLeft: 7 }),
  };
  const others = { ...usual };
  const each = async <A, B>(asks: readonly A[], answer: (ask: A) => B | Promise<B>) => ({
    items: await Promise.all(asks.map((ask) => oneOf((async () => answer(ask))()))),
  });
  await nats.answer(listRecipientsOfMany, ({ asks }) => {
    asked.messages.push(asks.length);
    return each(asks, (ask) => (asked.recipients.push(ask), others.told(ask)));
  });
  await nats.answer(checkManyPlans, ({ asks }) => each(asks, (ask) => (asked.plans.push(ask), others.plan(ask))));

  const environment = (over: Record<string, string> = {}) => ({
    RESEND_API_KEY: 're_test',
    RESEND_BASE_URL: mailbox.url,
    MAIL_FROM: 'Tenure <notices@tenure.example>',
    PUBLIC_URL: 'https://tenure.example',
    // Long enough that on a busy machine no request times out and no lease expires.
    SEND_TIMEOUT_SECONDS: '10',
    SEND_LEASE_SECONDS: '30',
    ...over,
  });
  const [workflows, gateway] = await Promise.all([nats.ask('workflows'), nats.ask('gateway')]);
  const upAgain = async () => {
    mailbox = await startMailbox(mailboxOptions);
  };
  /**
   * Runs `meanwhile` while the notice's dispatch waits to be repeated and nothing is in progress; then the dispatch is
   * due.
   */
  const beforeRepeat = async (key: string, meanwhile: () => Promise<unknown>) => {
    const [held] = await eventually(async () => {
      const found = await database.sql<{ id: string }>(
        `update notifications.dispatches set attempt_at = now() + interval '1 hour'
         where dispatch_id = (select dispatch_id from notifications.notices where key = $1)
           and ended_at is null and claim_id is null returning dispatch_id as id`,
        [key],
      );
      expect(found).toHaveLength(1);
      return found;
    });
    await meanwhile();
    await database.sql('update notifications.dispatches set attempt_at = now() where dispatch_id = $1', [held!.id]);
  };

  return {
    nats,
    gateway,
    database,
    others,
    asked,
    /** The provider; `down` and `up` stop and start the server itself, unlike its faults. */
    provider: {
      setFault: (...fault: Parameters<Mailbox['setFault']>) => mailbox.setFault(...fault),
      down: () => mailbox.stop(),
      requests: () => mailbox.requests(),
      domain: (name: string): Pick<NonNullable<ReturnType<Mailbox['domain']>>, 'id' | 'status'> | undefined =>
        mailbox.domain(name),
      setRecords: (...set: Parameters<Mailbox['setRecords']>) => mailbox.setRecords(...set),
      /** Adds a verified domain at the provider, without our knowing. */
      async addVerified(name: string): Promise<void> {
        const resend = new Resend('re_test', { baseUrl: mailbox.url });
        const { data } = await resend.domains.create({ name });
        await resend.domains.verify(data!.id);
        mailbox.setRecords(name, 'right');
      },
      /** Removes a domain at the provider, bypassing us. */
      async remove(name: string): Promise<void> {
        await new Resend('re_test', { baseUrl: mailbox.url }).domains.remove(mailbox.domain(name)!.id);
      },
      up: upAgain,
    },
    /** The provider works, and the other services answer as usual; nothing has been asked. */
    reset(): void {
      mailbox.setFault(null);
      for (const asks of Object.values(asked)) asks.length = 0;
      Object.assign(others, usual);
    },
    /** Starts another instance of the service. */
    async start(over: Record<string, string> = {}): Promise<TestService> {
      const service = await startTestService({
        service: 'notifications',
        module: NotificationsModule,
        nats,
        database,
        environment: environment(over),
      });
      started.push(service);
      return service;
    },
    /** Starts another instance in its own process, which can be killed. */
    startOwn(over: Record<string, string> = {}): OwnProcess {
      const own = startOwnService('notifications', {
        ...nats.environment('notifications'),
        ...environment(over),
        DATABASE_URL: database.url,
        LOG_LEVEL: 'error',
      });
      processes.push(own);
      return own;
    },
    request: (asked: AskOf<typeof requestNotice>): Promise<AnswerOf<typeof requestNotice>> =>
      workflows.ask(requestNotice, asked),
    /** Stores a notice directly, while no instance is running. */
    async store(asked: AskOf<typeof requestNotice>): Promise<void> {
      await database.sql(
        `insert into notifications.notices (notice_id, key, kind, "offset", organization_id, account_id, application_id,
           term_number, due_at, urgent, status, clock_ahead_seconds, requested_at, attempt_at, failures)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'planned', 0, now(), now(), 0)`,
        [
          uuidv7(),
          asked.key,
          asked.kind,
          asked.offset,
          asked.organizationId,
          asked.accountId,
          asked.applicationId,
          asked.termNumber,
          asked.dueAt,
          isUrgent(asked),
        ],
      );
    },
    /** The e-mails that the provider accepted for this notice, oldest first. */
    emailsOf(key: string) {
      const tag = asTag(key);
      return mailbox.emails().filter(({ tags }) => tags.some(({ name, value }) => name === 'key' && value === tag));
    },
    /** The provider reports on this e-mail: it bounced permanently, later than now, unless something else is given. */
    report: (email: Email, over: Partial<AskOf<typeof recordDeliveryReport>> = {}) =>
      gateway.ask(recordDeliveryReport, {
        ...{ reportId: uuidv7(), at: '2057-11-17T08:01:00.000Z', kind: 'bounced', permanent: true, words: null },
        ...{ providerId: email.id, deliveryId: deliveryIdOf(email) },
        ...over,
      }),
    /**
     * Runs `meanwhile` while this many deliveries of the notice wait for a retry because the provider is down, and
     * nothing is in progress that could act on older facts; then the provider is back, and they are due.
     */
    async heldUp(key: string, many: number, meanwhile: () => unknown) {
      await eventually(async () =>
        expect(
          await database.sql(
            `update notifications.notices n set attempt_at = now() + interval '1 hour'
             where key = $1 and status = 'planned' and dispatch_id is null and claim_id is null
               and $2 = (select count(*) from notifications.deliveries d
                         where d.notice_id = n.notice_id and d.status = 'planned' and d.reason = 'no_connection')
             returning 1`,
            [key, many],
          ),
        ).toHaveLength(1),
      );
      await meanwhile();
      await upAgain();
      await database.sql('update notifications.notices set attempt_at = now() where key = $1', [key]);
    },
    /** Expires the leases of senders that no longer run. */
    async leasesEnd() {
      await database.sql('update notifications.notices set claimed_until = now() where claimed_until > now()');
      await database.sql('update notifications.dispatches set attempt_at = now() where ended_at is null');
      await database.sql(
        'update notifications.turns set free_at = clock_timestamp() where free_at > clock_timestamp()',
      );
    },
    beforeRepeat,
    /** Expires the idempotency key of a notice's dispatch that waits to be repeated. */
    keyEnds: (key: string) =>
      beforeRepeat(key, () =>
        database.sql(
          `update notifications.dispatches d set first_attempt_at = first_attempt_at - interval '24 hours'
           from notifications.notices n where n.dispatch_id = d.dispatch_id and n.key = $1`,
          [key],
        ),
      ),
    /** Waits for the notice to be stored and to end, and returns it with its deliveries as stored. */
    async ended(key: string) {
      const [notice] = await eventually(async () => {
        const found = await database.sql<StoredNotice>(
          `select notice_id as "noticeId", status, reason, failures from notifications.notices where key = $1`,
          [key],
        );
        expect(found[0]?.status ?? 'planned').not.toBe('planned');
        return found;
      });
      const deliveries = await database.sql<StoredDelivery>(
        `select email, status, reason from notifications.deliveries where notice_id = $1 order by email`,
        [notice!.noticeId],
      );
      return { status: notice!.status, reason: notice!.reason, deliveries };
    },
    /**
     * A reminder whose dispatch may have been accepted, but was not. Runs `meanwhile` while the dispatch waits to be
     * repeated and nothing is in progress; then the provider accepts e-mails, and the dispatch is due. @returns its key
     */
    async maybeTaken(meanwhile: (key: string) => Promise<unknown>): Promise<string> {
      mailbox.setFault('down');
      const reminder = aReminder();
      const { key } = reminder;
      await workflows.ask(requestNotice, reminder);
      await beforeRepeat(key, async () => {
        await meanwhile(key);
        mailbox.setFault(null);
      });
      return key;
    },
    /** Each stored e-mail of a notice, with the size of its dispatch. */
    dispatchesOf: (key: string) =>
      database.sql<{ status: string; attempts: number; size: number }>(
        `select e.status, d.attempts,
           (select count(*)::int from notifications.dispatched_emails o where o.dispatch_id = d.dispatch_id) as size
         from notifications.dispatches d join notifications.dispatched_emails e using (dispatch_id)
         join notifications.deliveries v using (delivery_id) join notifications.notices n using (notice_id)
         where n.key = $1 order by v.email`,
        [key],
      ),
    async close() {
      for (const one of processes) one.kill();
      await Promise.all(started.map((service) => service.close()));
      const withoutAccount = await database.sql(entriesWithoutAccount);
      await Promise.all([mailbox.stop(), database.close()]);
      await nats.close();
      rmSync(folder, { recursive: true, force: true });
      expect(withoutAccount).toEqual([]);
    },
  };
}

/** Entries about a notice that do not have its account and application. */
const entriesWithoutAccount = `
  select distinct action from notifications.audit a join notifications.notices n
    on n.notice_id::text in (a.subject, a.details ->> 'noticeId')
  where (a.account_id, a.application_id) is distinct from (n.account_id, n.application_id)`;

export type Stage = Awaited<ReturnType<typeof setStage>>;

/** Another sender soon takes over from one that is too slow. */
export const shortLease = { SEND_TIMEOUT_SECONDS: '1', SEND_LEASE_SECONDS: '2' };

/** A stage for one spec file, with one running instance of the service, reset before each test. */
export function stageWithService(): Stage {
  const stage = forAllTests(async () => {
    const set = await setStage();
    await set.start();
    return set;
  });
  beforeEach(() => stage.reset());
  return stage;
}

interface StoredNotice {
  noticeId: string;
  status: NoticeView['status'];
  reason: string | null;
  failures: number;
}
interface StoredDelivery {
  email: string;
  status: string;
  reason: string | null;
}

/** The reminder a week before the last day of an account's first term; a new account each time. */
export function aReminder(over: Partial<AskOf<typeof requestNotice>> = {}): AskOf<typeof requestNotice> {
  const accountId = over.accountId ?? uuidv7();
  return {
    key: `${accountId}/1/P7D`,
    kind: 'reminder',
    offset: 'P7D',
    organizationId: helios,
    accountId,
    applicationId: null,
    termNumber: 1,
    dueAt: '2027-11-17T08:00:00.000Z',
    skip: null,
    ...over,
  };
}

/** A notice about an application for a new account. */
export function anApplicationNotice(
  kind: AskOf<typeof requestNotice>['kind'],
  over: Partial<AskOf<typeof requestNotice>> = {},
): AskOf<typeof requestNotice> {
  const applicationId = uuidv7();
  return {
    key: `${applicationId}/${kind}`,
    kind,
    offset: null,
    organizationId: helios,
    accountId: null,
    applicationId,
    termNumber: null,
    dueAt: '2026-11-25T10:00:00.000Z',
    skip: null,
    ...over,
  };
}

export const helios = '01900000-0000-7000-8000-0000000000e1';
export const another = '01900000-0000-7000-8000-0000000000e2';

/** The delivery that an e-mail was sent for. */
export function deliveryIdOf({ tags }: Pick<Email, 'tags'>): string {
  return tags.find(({ name }) => name === 'delivery')!.value;
}

function asTag(key: string): string {
  return key.replaceAll(/[^A-Za-z0-9_-]/g, '_');
}
