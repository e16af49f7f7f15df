import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  checkManyPlans,
  listRecipientsOfMany,
  oneOf,
  requestNotice,
  type AnswerOf,
  type AskOf,
  type checkPlan,
  type listRecipients,
  type NoticeView,
  type RequestOf,
} from '@tenure/contracts';
import { startMailbox, type Mailbox } from '@tenure/local/mailbox/mailbox';
import { freePort } from '@tenure/local/servers/ports';
import { eventually, startTestService, testDatabase, testNats, type TestService } from '@tenure/testing';
import { Resend } from 'resend';
import { uuidv7 } from 'uuidv7';
import { notificationsDatabase } from '../database/database.js';
import { isUrgent } from '../domain/urgency.js';
import { NotificationsModule } from '../notifications.module.js';
import { aPlan, toldOf, type Plan, type Told } from './answers.js';

/** The real servers around notifications, and accounts and licensing as far as it asks them. */
export async function setStage({ requestsPerSecond = 1000 } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tenure-mailbox-'));
  // Kept in a file, so that the provider still knows its keys when it comes back.
  const mailboxOptions = {
    // Not one that the system may give to a connection of somebody else while nothing listens there.
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
  let mailbox: Mailbox = firstMailbox;
  const started: TestService[] = [];
  type AskAboutRecipients = RequestOf<typeof listRecipients>;
  type AskAboutPlan = RequestOf<typeof checkPlan>;
  const asked = {
    recipients: [] as AskAboutRecipients[],
    plans: [] as AskAboutPlan[],
    /** Of how many notices at once recipients were asked for. */
    messages: [] as number[],
  };
  /** What the other services answer; a test may put something else here. */
  const others = {
    told: (_about: AskAboutRecipients): Told => toldOf(),
    plan: (_about: AskAboutPlan): Plan | Promise<Plan> => aPlan(),
  };
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
    // Nothing is called lost for being late on a busy machine, nor taken over from one who is at it.
    SEND_TIMEOUT_SECONDS: '10',
    SEND_LEASE_SECONDS: '30',
    ...over,
  });
  const client = await nats.ask('workflows');
  const upAgain = async () => {
    mailbox = await startMailbox(mailboxOptions);
  };
  /** Something is done while the dispatch of a notice waits to be repeated, with nothing under way; then it is due. */
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
    database,
    environment,
    others,
    asked,
    /** The provider; `down` and `up` are the server itself, not its faults. */
    provider: {
      setFault: (...fault: Parameters<Mailbox['setFault']>) => mailbox.setFault(...fault),
      down: () => mailbox.stop(),
      requests: () => mailbox.requests(),
      domain: (name: string): Pick<NonNullable<ReturnType<Mailbox['domain']>>, 'id' | 'status'> | undefined =>
        mailbox.domain(name),
      setRecords: (...set: Parameters<Mailbox['setRecords']>) => mailbox.setRecords(...set),
      /** A domain that may be sent from, without our knowing it. */
      async addVerified(name: string): Promise<void> {
        const resend = new Resend('re_test', { baseUrl: mailbox.url });
        const { data } = await resend.domains.create({ name });
        await resend.domains.verify(data!.id);
        mailbox.setRecords(name, 'right');
      },
      /** As if somebody had removed it there, past us. */
      async remove(name: string): Promise<void> {
        await new Resend('re_test', { baseUrl: mailbox.url }).domains.remove(mailbox.domain(name)!.id);
      },
      up: upAgain,
    },
    /** One more instance of the service. */
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
    request: (asked: AskOf<typeof requestNotice>): Promise<AnswerOf<typeof requestNotice>> =>
      client.ask(requestNotice, asked),
    /** Stores a notice while no instance runs that could send it. */
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
    /** What the provider took about this notice, oldest first. */
    emailsOf: (key: string) =>
      mailbox.emails().filter(({ tags }) => tags.some(({ name, value }) => name === 'key' && value === asTag(key))),
    /**
     * Something is done while so many deliveries of the notice, which have met a provider that is down, wait to be tried
     * again, with nothing under way that could go by what held before; then the provider is back, and they are due.
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
    /** The leases end of whatever a sender had in hand that is not there any more. */
    async leasesEnd() {
      await database.sql('update notifications.notices set claimed_until = now() where claimed_until > now()');
      await database.sql('update notifications.dispatches set attempt_at = now() where ended_at is null');
      await database.sql(
        'update notifications.turns set free_at = clock_timestamp() where free_at > clock_timestamp()',
      );
    },
    beforeRepeat,
    /** The key ends under which the provider knows the e-mails of a notice whose dispatch waits to be repeated. */
    keyEnds: (key: string) =>
      beforeRepeat(key, () =>
        database.sql(
          `update notifications.dispatches d set first_attempt_at = first_attempt_at - interval '24 hours'
           from notifications.notices n where n.dispatch_id = d.dispatch_id and n.key = $1`,
          [key],
        ),
      ),
    /** Waits for the notice to end, and gives it with its deliveries as they are stored. */
    async ended(key: string) {
      const [notice] = await eventually(async () => {
        const found = await database.sql<StoredNotice>(
          `select notice_id as "noticeId", status, reason, failures from notifications.notices where key = $1`,
          [key],
        );
        expect(found[0]?.status).not.toBe('planned');
        return found;
      });
      const deliveries = await database.sql<StoredDelivery>(
        `select email, status, reason from notifications.deliveries where notice_id = $1 order by email`,
        [notice!.noticeId],
      );
      return { status: notice!.status, reason: notice!.reason, deliveries };
    },
    /**
     * A reminder that the provider may have taken, and has not. Something is done while its dispatch waits to be repeated,
     * with nothing under way; then the provider takes e-mails, and it is due. @returns its key
     */
    async maybeTaken(meanwhile: (key: string) => Promise<unknown>): Promise<string> {
      mailbox.setFault('down');
      const reminder = aReminder();
      const { key } = reminder;
      await client.ask(requestNotice, reminder);
      await beforeRepeat(key, async () => {
        await meanwhile(key);
        mailbox.setFault(null);
      });
      return key;
    },
    /** Each e-mail of a notice that is stored as handed over, with the size of its dispatch. */
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
      await Promise.all(started.map((service) => service.close()));
      await Promise.all([mailbox.stop(), database.close()]);
      await nats.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type Stage = Awaited<ReturnType<typeof setStage>>;

/** Of a sender that is too slow another takes over soon. */
export const shortLease = { SEND_TIMEOUT_SECONDS: '1', SEND_LEASE_SECONDS: '2' };

/** For one spec file, with one instance of the service from before its first test until after its last. */
export function stageWithService(): Stage {
  const stage = {} as Stage;
  beforeAll(async () => {
    Object.assign(stage, await setStage());
    await stage.start();
  });
  afterAll(() => stage.close());
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

/** The reminder a week before the last day of an account's first term; another account each time. */
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

function asTag(key: string): string {
  return key.replaceAll(/[^A-Za-z0-9_-]/g, '_');
}
