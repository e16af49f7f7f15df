import {
  getTimeline,
  importAccounts,
  requestNotice,
  saveLicense,
  saveMember,
  saveOrganization,
  saveSector,
  setSubscriptionClock,
  showTimeline,
  type Actor,
} from '@tenure/contracts';
import { addDays, addMonths, localDate } from '@tenure/lifecycle';
import { startMailbox, type Mailbox } from '@tenure/local/mailbox/mailbox';
import { freePort } from '@tenure/local/servers/ports';
import { eventually, forAllTests, standardLicense, startInstallation } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';

/** The real accounts, licensing and notifications, with the provider down while a reminder is due. */
const day = 24 * 60 * 60;
const timeZone = 'Europe/Madrid';
const ana = { name: 'Ana Ruiz', email: 'ana@helios.example', language: 'es' } as const;

let mailbox: Mailbox;
let superAdmin: Actor;
const stage = forAllTests(async () => {
  // Not a port that the system may give to another connection while nothing listens on it.
  mailbox = await startMailbox(mailboxOptions(await freePort()));
  return startInstallation({ settings: { RESEND_BASE_URL: mailbox.url } });
});
beforeAll(async () => {
  superAdmin = await anOrganization();
});
afterAll(() => mailbox?.stop());

function mailboxOptions(port: number) {
  return { port, requestsPerSecond: 1_000 };
}

async function anOrganization(): Promise<Actor> {
  const operator = await stage.nats.ask('operator');
  await operator.ask(saveSector, { code: 'hotel', names: { en: 'Hotel', es: 'Hotel' } });
  await operator.ask(saveLicense, standardLicense);
  const helios = { name: 'Helios Energy', country: 'ES', timeZone, language: 'es', isOperator: false } as const;
  const { organizationId } = await operator.ask(saveOrganization, helios);
  const roles: ['super_admin'] = ['super_admin'];
  const { memberId } = await operator.ask(saveMember, {
    organizationId,
    issuer: 'https://sign-in.example',
    subject: 'ana',
    ...ana,
    roles,
  });
  return { memberId, organizationId, roles };
}

/** An account whose clock has reached the reminder a week before its last day, requested while the provider is down. */
async function dueWhileAway() {
  const [importer, gateway, workflows] = await Promise.all([
    stage.nats.ask('importer'),
    stage.nats.ask('gateway'),
    stage.nats.ask('workflows'),
  ]);
  const accountId = uuidv7();
  const { organizationId } = superAdmin;
  const account = {
    ...{ accountId, organizationId, accountName: `Solar Park ${accountId.slice(-4)}`, customerName: 'Solar S.A.' },
    ...{ license: 'standard', datapoints: 100, sector: 'hotel' },
    term: { anchor: addMonths(addDays(localDate(new Date(), timeZone), 20), -12), months: 12 },
  };
  const { items } = await importer.ask(importAccounts, { accounts: [account] });
  expect(items).toMatchObject([{ state: 'new', refusals: [] }]);
  const { moments } = await gateway.ask(showTimeline, { actor: superAdmin, accountId });
  const at = Date.parse(moments.find(({ kind }) => kind === 'P7D')!.at);
  const moveOn = async (days: number) => {
    const aheadSeconds = Math.ceil((at - Date.now()) / 1_000) + 60 + days * day;
    await gateway.ask(setSubscriptionClock, { actor: superAdmin, accountId, aheadSeconds });
  };
  await moveOn(0);

  await mailbox.stop();
  const { due } = await workflows.ask(getTimeline, { accountId, asOf: new Date().toISOString() });
  const { moment } = due.find(({ moment: { kind } }) => kind === 'P7D')!;
  await workflows.ask(requestNotice, {
    ...{ key: moment.key, kind: 'reminder', offset: 'P7D', organizationId, accountId, applicationId: null },
    ...{ termNumber: 1, dueAt: moment.at, skip: null },
  });
  const { key } = moment;
  // Makes it two days old, as if retried every few minutes since, with nothing in progress.
  await eventually(async () =>
    expect(
      await stage.database.sql(
        `update notifications.notices set requested_at = requested_at - interval '2 days', failures = 500,
           attempt_at = now() + interval '5 minutes'
         where key = $1 and status = 'planned' and failures > 0 and dispatch_id is null and claim_id is null returning 1`,
        [key],
      ),
    ).toHaveLength(1),
  );
  return { key, accountName: account.accountName, moveOn };
}

async function noticeOf(key: string) {
  const [notice] = await stage.database.sql<{ status: string; reason: string | null }>(
    'select status, reason from notifications.notices where key = $1',
    [key],
  );
  return notice!;
}

/** The provider is back, and the notice is due. */
async function back(key: string): Promise<void> {
  mailbox = await startMailbox(mailboxOptions(mailbox.port));
  await soon(key);
}
async function soon(key: string): Promise<void> {
  await stage.database.sql('update notifications.notices set attempt_at = now() where key = $1', [key]);
}

async function ended(key: string, status: string): Promise<void> {
  await eventually(async () => expect(await noticeOf(key)).toMatchObject({ status }));
}

const emailsAbout = (accountName: string) => mailbox.emails().filter(({ subject }) => subject.includes(accountName));

describe('a provider that is down for two days around a reminder', () => {
  it('gets it when it is back, with the days left at that time', async () => {
    const { key, accountName, moveOn } = await dueWhileAway();
    await moveOn(2);
    await back(key);
    await ended(key, 'sent');
    expect(emailsAbout(accountName).map(({ to, subject }) => ({ to, subject }))).toEqual([
      { to: [ana.email], subject: `«${accountName}» caduca dentro de 5 días` },
    ]);
  });

  it.each([
    ['a later one is due', 7, 'superseded'],
    ['the account has expired', 8, 'expired'],
  ])('does not get it when %s by then, which is recorded with the reason', async (_, days, reason) => {
    const { key, accountName, moveOn } = await dueWhileAway();
    await moveOn(days);
    await back(key);
    await ended(key, 'skipped');
    expect(await noticeOf(key)).toMatchObject({ status: 'skipped', reason });
    expect(emailsAbout(accountName)).toEqual([]);
    expect(
      await stage.database.sql(
        `select action, details ->> 'reason' as reason from notifications.audit
           where details ->> 'key' = $1 and action like 'notice.%' order by audit_id`,
        [key],
      ),
    ).toEqual([
      { action: 'notice.requested', reason: null },
      { action: 'notice.skipped', reason },
    ]);
  });

  it('is retried within minutes, however long it was down', async () => {
    const { key } = await dueWhileAway();
    await soon(key);
    await eventually(async () =>
      expect(
        await stage.database.sql(
          `select attempt_at > now() and attempt_at < now() + interval '7 minutes' as soon
           from notifications.notices where key = $1 and failures > 500`,
          [key],
        ),
      ).toEqual([{ soon: true }]),
    );
    mailbox = await startMailbox(mailboxOptions(mailbox.port));
  });
});
