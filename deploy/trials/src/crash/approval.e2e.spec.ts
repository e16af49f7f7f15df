import { subscriptionWorkflowId, type TimelineMomentView } from '@tenure/contracts';
import { whenATestFails } from '@tenure/testing';
import { decide, preview, seenBy, timeline } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { holdStill } from '@tenure/local/supervisor/hold-still';
import { until } from '@tenure/platform/command/until';
import { verify } from '@tenure/operate/verify/verify';
import { recipientOf, toldTwice } from '../tour/letters.js';
import { Stage, type ProcessName } from './stage.js';

let stage: Stage;
let names = 0;
/** The accounts that were opened. */
const opened: string[] = [];
beforeAll(async () => {
  stage = await Stage.set('crash');
  whenATestFails(() => stage.seen());
});
afterAll(() => stage?.strike());

interface CrashPoint {
  process: ProcessName;
  point: string;
  /** What has happened at that point. */
  once: string;
  /** When the crash is armed; before the decision if left out. */
  armed?: 'before the application';
}
const at = (process: ProcessName, point: string, once: string): CrashPoint => ({ process, point, once });

/** The steps of the main job between which a process may end. */
const points: CrashPoint[] = [
  { ...at('accounts', 'outbox.before_publish', 'the application was stored'), armed: 'before the application' },
  at('accounts', 'outbox.published', 'the decision was stored and its event published'),
  at('gateway', 'gateway.decision.recorded', 'the decision was stored, before it is signaled'),
  at('workflows', 'consumer.workflows.handled', 'an event was handled, before it is acknowledged'),
  at('accounts', 'accounts.decision.settled', 'the decision was settled'),
  at('accounts', 'accounts.account.created', 'the account was created'),
  at('licensing', 'licensing.opened', 'the subscription was opened'),
  at('licensing', 'outbox.before_publish', 'the subscription was opened, before its event is published'),
  at('licensing', 'outbox.published', 'the event of the opened subscription was published'),
  at('accounts', 'accounts.application.fulfilled', 'the account became visible'),
  at('notifications', 'sender.claimed', 'the notice was claimed'),
  at('notifications', 'sender.asked', 'the recipients were fetched'),
  at('notifications', 'sender.dispatched', 'the e-mail was stored, before it is sent'),
  at('notifications', 'sender.sent', 'the e-mail was sent, before that is stored'),
  at('notifications', 'sender.settled', 'it was stored that the e-mail was sent'),
];

describe('an approval has the same result, with nothing done twice,', () => {
  it.each(points)('when $process is killed once $once ($point)', async ({ process, point, armed }) => {
    const request = aNewAccount();
    const previewed = await plannedToday(request);
    if (armed) await stage.arm(process, point);
    const sent = await stage.apply(request);
    if (!armed) await stage.arm(process, point);
    else await stage.survived(process);
    await approve(sent);
    await stage.survived(process);
    await expectOpened(sent.applicationId, [previewed, await plannedToday(request)]);
    expect(stage.said).toEqual([`${process} ended (SIGKILL). Restarting it.`]);
  });

  it('when the worker is killed while accounts settles the decision', async () => {
    const request = aNewAccount();
    const previewed = await plannedToday(request);
    const { applicationId, ...sent } = await stage.apply(request);
    await stage.quiet();
    stage.said.length = 0;
    const worker = stage.stack.pid('workflows')!;
    const goOn = await holdStill(worker);
    const deciding = approve({ applicationId, ...sent });
    await until(
      () => stage.rows('select from accounts.decisions where application_id = $1', [applicationId]),
      (found) => found.length > 0,
    );
    await stage.whileWaitingFor(
      'accounts.decisions',
      async () => goOn(),
      async () => void process.kill(worker, 'SIGKILL'),
    );
    await deciding;
    await stage.survived('workflows');
    await expectOpened(applicationId, [previewed, await plannedToday(request)]);
    expect(stage.said).toEqual(['workflows ended (SIGKILL). Restarting it.']);
  });

  it('when licensing is killed once a change was applied (licensing.applied)', async () => {
    const opened = await stage.apply(aNewAccount());
    await approve(opened);
    const { accountId } = (await stage.ended(opened.applicationId))!;
    const change = await stage.apply({ type: 'change_datapoints', accountId, datapoints: 140 });
    await stage.arm('licensing', 'licensing.applied');
    await approve(change);
    await stage.survived('licensing');
    expect((await stage.ended(change.applicationId)).status).toBe('fulfilled');
    expect(await audit('licensing', accountId!)).toEqual(['subscription.opened', 'subscription.changed']);
    expect(
      await stage.rows('select contracted, revision from licensing.entitlements where account_id = $1', [accountId]),
    ).toEqual([{ contracted: 140, revision: 2 }]);
    expect(await emails(change.applicationId)).toEqual([
      'datapoints_changed to marc@solar-partner.example',
      'datapoints_changed to sofia@solar-partner.example',
    ]);
    expect(stage.said).toEqual(['licensing ended (SIGKILL). Restarting it.']);
  });
});

describe('an approval that licensing refuses in the end is undone and the application fails,', () => {
  it.each<{ process: ProcessName | null; point: string }>([
    { process: null, point: 'nobody is killed' },
    { process: 'licensing', point: 'licensing.cancelled' },
    { process: 'accounts', point: 'accounts.account.discarded' },
    { process: 'accounts', point: 'accounts.application.failed' },
  ])('killed: $process, at: $point', async ({ process, point }) => {
    const request = { ...aNewAccount(), datapoints: 180 };
    const sent = await stage.apply(request);
    if (process) await stage.arm(process, point);
    else stage.said.length = 0;
    let deciding: Promise<void> | undefined;
    await stage.whileWaitingFor(
      'accounts.accounts',
      async () => (deciding = approve(sent)),
      () => stage.limit('essential', 150),
    );
    await deciding;
    if (process) await stage.survived(process);
    const failed = await stage.ended(sent.applicationId);
    await stage.limit('essential', 200);

    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'contract_refused' } });
    expect(await trail(sent.applicationId)).toEqual([
      ...approved,
      'account.created',
      'account.discarded',
      'application.failed',
    ]);
    expect(await left(sent.applicationId)).toEqual({ accounts: 0, subscriptions: 0, terms: 0 });
    expect(await emails(sent.applicationId)).toEqual(['application_failed to sofia@solar-partner.example']);
    const [told] = await stage.mailbox.about({ application: sent.applicationId, kind: 'application_failed' });
    expect(told?.text).toMatch(/\b150\b/);
    const again = await stage.apply(request);
    expect(again.status).toBe('pending');
    expect(stage.said).toEqual(process ? [`${process} ended (SIGKILL). Restarting it.`] : []);
  });
});

describe('after all crashes and the redelivery of unacknowledged events,', () => {
  beforeAll(() => stage.allHeard());

  it('nobody got an e-mail twice', async () => {
    const all = await stage.mailbox.about({});
    expect(all.length).toBeGreaterThanOrEqual(points.length);
    expect(toldTwice(all)).toEqual([]);
  });

  it('nothing was done twice for an application', async () => {
    const twice = 'select action from accounts.audit group by application_id, action having count(*) > 1';
    expect(await stage.rows(`${twice} and application_id is not null`)).toEqual([]);
  });

  it('each account has a running subscription workflow', async () => {
    expect(opened).toHaveLength(points.length + 1);
    for (const accountId of opened) {
      const { status } = await stage.temporal.workflow.getHandle(subscriptionWorkflowId(accountId)).describe();
      expect(status.name).toBe('RUNNING');
    }
  });

  it('accounts shows what licensing has stored', async () => {
    expect((await verify(stage.stack.database, () => {})).offenders).toBe(0);
  });

  it('no workflow has failed', async () => {
    // Not counting those that continued as a new run.
    const failed = 'ExecutionStatus IN ("Failed", "Terminated", "Canceled", "TimedOut")';
    expect((await stage.temporal.workflow.count(failed)).count).toBe(0);
  });

  it('no event was given up on', async () => expect(await stage.deadLetters()).toEqual({}));
});

function aNewAccount() {
  names += 1;
  return {
    type: 'new_account',
    accountName: `Crash ${names}`,
    customerName: 'Customer',
    license: 'essential',
    datapoints: 100,
    sector: 'hotel',
  };
}

/** Sends the approval once, whatever the answer: a stored decision is carried out. */
async function approve(sent: { applicationId: string; accountId: string | null }): Promise<void> {
  const seen = await seenBy(stage.people.clara, sent);
  await decide(stage.people.clara, sent.applicationId, { verdict: 'approve', seen }).catch(() => undefined);
}

const approved = ['application.submitted', 'decision.recorded', 'decision.applied'];

/** The timeline if it were approved today. */
async function plannedToday(request: ReturnType<typeof aNewAccount>) {
  const asked = { ...request, accountName: `${request.accountName}, once more` };
  return plan(given(await preview(stage.people.sofia, asked)).timeline);
}
const plan = (moments: readonly Pick<TimelineMomentView, 'kind' | 'at' | 'status'>[]) =>
  moments.map(({ kind, at, status }) => ({ kind, at, status }));

/** @param planned the previews from before the decision and after its end, because the day may change in between */
async function expectOpened(applicationId: string, planned: readonly unknown[]): Promise<void> {
  const ended = await stage.ended(applicationId);
  expect(ended.status).toBe('fulfilled');
  expect(await trail(applicationId)).toEqual([...approved, 'account.created', 'application.fulfilled']);
  expect(await left(applicationId)).toEqual({ accounts: 1, subscriptions: 1, terms: 1 });
  expect(await audit('licensing', ended.accountId!)).toEqual(['subscription.opened']);
  expect(await emails(applicationId)).toEqual(['application_approved to sofia@solar-partner.example']);
  const { moments } = given(await timeline(stage.people.sofia, ended.accountId!));
  expect(planned).toContainEqual(plan(moments.filter(({ termNumber }) => termNumber === 1)));
  opened.push(ended.accountId!);
}

/** The audit actions of an application in accounts, in order. */
async function trail(applicationId: string): Promise<string[]> {
  const rows = await stage.rows<{ action: string }>(
    'select action from accounts.audit where application_id = $1 order by entry_id',
    [applicationId],
  );
  return rows.map(({ action }) => action);
}

async function audit(schema: 'licensing', accountId: string): Promise<string[]> {
  const rows = await stage.rows<{ action: string }>(
    `select action from ${schema}.audit where account_id = $1 and action like 'subscription.%' order by entry_id`,
    [accountId],
  );
  return rows.map(({ action }) => action);
}

/** What exists for the application, and under the name that it took. */
async function left(applicationId: string) {
  const [counts] = await stage.rows(
    `select (select count(*)::int from accounts.accounts where account_name =
        (select account_name from accounts.applications where application_id = $1)) as accounts,
       (select count(*)::int from licensing.subscriptions where opened_by = $1) as subscriptions,
       (select count(*)::int from licensing.terms where application_id = $1) as terms`,
    [applicationId],
  );
  return counts;
}

/** The e-mails about its end. Those about its submission may or may not be sent, because it is decided immediately. */
async function emails(applicationId: string): Promise<string[]> {
  const found = await stage.mailbox.about({ application: applicationId });
  return found
    .map((email) => `${email.tags.find(({ name }) => name === 'kind')?.value} to ${recipientOf(email)}`)
    .filter((email) => !/^application_(submitted|received) /.test(email));
}
