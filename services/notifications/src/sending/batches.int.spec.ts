import { refuse, type AskOf, type requestNotice } from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { ana, aPlan, ben, toldOf } from '../testing/answers.js';
import { anApplicationNotice, aReminder, setStage } from '../testing/stage.js';

const stage = forAllTests(setStage);
beforeEach(async () => {
  stage.reset();
  // Notices that another test has left would be in the same batches.
  await stage.database.sql(`update notifications.notices set status = 'skipped' where status = 'planned'`);
});

type Notice = AskOf<typeof requestNotice>;
const reminders = (count: number): Notice[] => Array.from({ length: count }, () => aReminder());

/** Stores the notices while no instance runs, so that one finds them all due. */
async function store(notices: readonly Notice[]): Promise<void> {
  for (const notice of notices) await stage.store(notice);
}
const alone = { SEND_AT_ONCE: '1' };
const waitsShortly = { ...alone, SEND_TIMEOUT_SECONDS: '3' };
/** Runs one instance, which works on one batch after another, until the notices have ended. */
async function sent(notices: readonly Notice[], settings: Record<string, string> = alone) {
  const service = await stage.start(settings);
  const ended = [];
  for (const { key } of notices) ended.push(await stage.ended(key));
  await service.close();
  return ended;
}
/** For each e-mail, the size of its dispatch. */
async function sizesOf(notices: readonly Notice[]): Promise<number[]> {
  const sizes = [];
  for (const { key } of notices) sizes.push(...(await stage.dispatchesOf(key)).map(({ size }) => size));
  return sizes;
}
const toOne = (status: string, reason: string | null = null) => [{ email: ana.email, status, reason }];
/** The requests in which the e-mails of these notices were accepted, each as the indexes of its notices. */
const requestsOf = (notices: readonly Notice[]): number[][] => {
  const taken = notices.flatMap(({ key }, index) =>
    stage.emailsOf(key).map(({ idempotencyKey, at }) => ({ index, idempotencyKey, at })),
  );
  taken.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return [...Map.groupBy(taken, ({ idempotencyKey }) => idempotencyKey).values()].map((of) =>
    of.map(({ index }) => index),
  );
};

describe('notices that are due together', () => {
  it('are covered by one question to each service, and go in one request', async () => {
    stage.others.told = () => toldOf({ recipients: [ana, ben] });
    const notices = reminders(5);
    await store(notices);
    for (const { status } of await sent(notices)) expect(status).toBe('sent');
    expect(stage.asked.messages).toEqual([5]);
    expect(await sizesOf(notices)).toEqual(Array(10).fill(10));
    for (const { key } of notices) expect(stage.emailsOf(key).map(({ to }) => to[0])).toEqual([ana.email, ben.email]);
  });

  it('go in requests of at most a hundred e-mails', async () => {
    stage.others.told = () => toldOf({ recipients: [ana, ben] });
    const notices = reminders(60);
    await store(notices);
    for (const { status } of await sent(notices)) expect(status).toBe('sent');
    expect(requestsOf(notices).map(({ length }) => length)).toEqual([100, 20]);
  });

  it('go urgent ones first, separate from those that can wait', async () => {
    const notices = [...reminders(2), aReminder({ offset: 'P0D' }), ...reminders(1)];
    await store(notices);
    await sent(notices);
    expect(requestsOf(notices)).toEqual([[2], [0, 1, 3]]);
  });

  it.each([
    ['is too busy to answer', 'busy'],
    ['of an earlier version does not understand the question', 'invalid'],
  ] as const)(
    'do not wait for one about which another service %s: the question about that one is retried',
    async (_, code) => {
      const notices = reminders(3);
      let refused = false;
      stage.others.told = ({ accountId }) => {
        if (refused || accountId !== notices[1]!.accountId) return toldOf({ recipients: [ana] });
        refused = true;
        throw refuse(code, 'Not now');
      };
      await store(notices);
      for (const { status } of await sent(notices)) expect(status).toBe('sent');
      expect(requestsOf(notices)).toEqual([[0, 2], [1]]);
    },
  );

  it('do not fail with one that another service does not know, or whose plan was dropped', async () => {
    const notices = reminders(4);
    stage.others.plan = ({ accountId }) => {
      if (accountId === notices[0]!.accountId) throw refuse('not_found', 'There is no such subscription.');
      return accountId === notices[1]!.accountId ? aPlan({ current: false, reason: 'renewed' }) : aPlan();
    };
    await store(notices);
    expect((await sent(notices)).map(({ status, reason }) => [status, reason])).toEqual([
      ['failed', 'not_found'],
      ['skipped', 'renewed'],
      ['sent', null],
      ['sent', null],
    ]);
    expect(requestsOf(notices)).toEqual([[2, 3]]);
  });

  it('do not wait for one that cannot be written', async () => {
    const notices = reminders(2);
    stage.others.plan = ({ accountId }) =>
      accountId === notices[0]!.accountId ? aPlan({ timeZone: 'Nowhere/Land' }) : aPlan();
    await store(notices);
    await sent(notices.slice(1));
    expect(stage.emailsOf(notices[0]!.key)).toEqual([]);
    stage.others.plan = () => aPlan();
    await sent(notices);
  });
});

describe('a batch that the provider refuses because of one e-mail', () => {
  const broken = { ...ben, email: 'not-an-address' };

  it('is dissolved: each e-mail goes alone, and only that one fails', async () => {
    const notices = reminders(3);
    stage.others.told = ({ accountId }) =>
      toldOf({ recipients: accountId === notices[1]!.accountId ? [ana, broken] : [ana] });
    await store(notices);
    expect((await sent(notices)).map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
    expect(await sizesOf(notices)).toEqual([1, 1, 1, 1]);
    const [, second] = await sent(notices);
    expect(second!.deliveries.map(({ email, status }) => [email, status])).toEqual([
      [ana.email, 'sent'],
      ['not-an-address', 'failed'],
    ]);
  });

  it('is checked again before each e-mail: a plan that is dropped meanwhile is skipped for the remaining recipients', async () => {
    stage.others.told = () => toldOf({ recipients: [ana, broken] });
    let checks = 0;
    // For the batch and for the first e-mail; the account is renewed before the second.
    stage.others.plan = () => ((checks += 1) > 2 ? aPlan({ current: false, reason: 'renewed' }) : aPlan());
    const notices = reminders(1);
    await store(notices);
    expect(await sent(notices)).toEqual([
      {
        status: 'sent',
        reason: null,
        deliveries: [
          { email: ana.email, status: 'sent', reason: null },
          { email: 'not-an-address', status: 'skipped', reason: 'renewed' },
        ],
      },
    ]);
  });
});

describe('a batch whose answer is lost', () => {
  it.each([
    // With a short timeout the answer to the repeat may come too late as well, which causes another repeat.
    ['does not come', 'timeout-after-accept', waitsShortly, expect.any(Number)],
    ['is interrupted', 'break-after-accept', alone, 2],
  ] as const)(
    'because it %s, is repeated unchanged under its key, and each of its e-mails arrives once',
    async (_, fault, settings, attempts: unknown) => {
      stage.provider.setFault(fault, 1);
      const notices = reminders(3);
      await store(notices);
      expect((await sent(notices, settings)).map(({ deliveries }) => deliveries)).toEqual(Array(3).fill(toOne('sent')));
      expect(requestsOf(notices)).toEqual([[0, 1, 2]]);
      for (const { key } of notices)
        expect(await stage.dispatchesOf(key)).toEqual([{ status: 'sent', attempts, size: 3 }]);
    },
  );

  it('is not repeated once a plan in it was dropped: all of its e-mails end as unknown', async () => {
    stage.provider.setFault('break-after-accept', 1);
    const notices = reminders(2);
    await store(notices);
    stage.others.plan = ({ accountId }) =>
      accountId === notices[0]!.accountId && requestsOf(notices).length > 0
        ? aPlan({ current: false, reason: 'renewed' })
        : aPlan();
    const service = await stage.start(alone);
    expect((await stage.ended(notices[0]!.key)).deliveries).toEqual(toOne('unknown', 'renewed'));
    expect((await stage.ended(notices[1]!.key)).deliveries).toEqual(toOne('unknown', 'no_answer'));
    expect(requestsOf(notices)).toEqual([[0, 1]]);
    await service.close();
  });

  it('is repeated although an application in it was decided meanwhile: an outdated notice misleads nobody for long', async () => {
    stage.provider.setFault('break-after-accept', 1);
    const notices = [anApplicationNotice('application_submitted'), anApplicationNotice('application_approved')];
    await store(notices);
    stage.others.told = () => {
      const status = requestsOf(notices).length > 0 ? 'fulfilled' : 'pending';
      return toldOf({ recipients: [ana], application: { status } });
    };
    expect((await sent(notices)).map(({ deliveries }) => deliveries)).toEqual(Array(2).fill(toOne('sent')));
    expect(requestsOf(notices)).toEqual([[0, 1]]);
  });
});

describe('a batch whose answer is lost is settled, and not repeated, once the provider reports on one of its e-mails', () => {
  const report = (key: string) => stage.report(stage.emailsOf(key)[0]!, { kind: 'delivered', permanent: false });
  const endOf = async ([first, second]: readonly Notice[]) => [
    (await stage.ended(first!.key)).deliveries,
    (await stage.ended(second!.key)).deliveries,
    await stage.dispatchesOf(second!.key),
  ];
  const settled = [toOne('delivered'), toOne('sent'), [{ status: 'sent', attempts: 1, size: 2 }]];
  let notices: Notice[];
  beforeEach(async () => {
    stage.provider.setFault('break-after-accept', 1);
    notices = reminders(2);
    await store(notices);
  });

  it('before it is claimed again', async () => {
    const service = await stage.start(alone);
    await stage.beforeRepeat(notices[0]!.key, () => report(notices[0]!.key));
    expect(await endOf(notices)).toEqual(settled);
    await service.close();
  });

  it('while the check finds that a plan in it was dropped', async () => {
    stage.others.plan = async ({ accountId }) => {
      if (accountId !== notices[0]!.accountId || requestsOf(notices).length === 0) return aPlan();
      await report(notices[0]!.key);
      return aPlan({ current: false, reason: 'renewed' });
    };
    const service = await stage.start(alone);
    expect(await endOf(notices)).toEqual(settled);
    await service.close();
  });
});

it('a batch that was certainly not accepted is rendered again, and sent as a batch again', async () => {
  stage.provider.setFault('rate-limit', 1);
  const notices = reminders(3);
  await store(notices);
  expect((await sent(notices)).map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
  for (const { key } of notices)
    expect(await stage.dispatchesOf(key)).toEqual([{ status: 'sent', attempts: 1, size: 3 }]);
});

it('a batch that could not be stored because the database was shutting down is sent as a batch', async () => {
  const { sql } = stage.database;
  await sql('create sequence public.attempts');
  await sql(`create function public.shut_down() returns trigger language plpgsql security definer as $$ begin
               if nextval('public.attempts') = 1 then
                 raise 'The database system is shutting down.' using errcode = 'cannot_connect_now';
               end if;
               return new; end $$`);
  await sql(`create trigger shut_down before insert on notifications.dispatches
             for each row execute function public.shut_down()`);
  const notices = reminders(3);
  await store(notices);
  expect((await sent(notices)).map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
  expect(requestsOf(notices)).toEqual([[0, 1, 2]]);
  await sql('drop function public.shut_down cascade');
  await sql('drop sequence public.attempts');
});
