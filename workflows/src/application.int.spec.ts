import { WorkflowExecutionAlreadyStartedError, type WorkflowHandle } from '@temporalio/client';
import { refuse, settleDecision } from '@tenure/contracts';
import { eventually, testTemporal } from '@tenure/testing';
import { Engine, waitsFor } from './testing/engine.js';
import { eventsOf, makeLong, summariesIn, textOf, untilHeard } from './testing/histories.js';
import { minutes } from './testing/minutes.js';
import { id, Records, secret } from './testing/records.js';

const day = 24 * 60 * 60 * 1_000;

let records: Records;
let engine: Engine;
beforeAll(async () => {
  records = new Records();
  engine = await Engine.start(records, await testTemporal());
});
afterEach(() => records.settle());
afterAll(() => engine?.close());

async function pendingAt(applicationId: string): Promise<WorkflowHandle> {
  const workflow = await engine.startApplication(applicationId);
  await eventually(async () => expect(await engine.details(workflow)).toContain('Waits for the decision'));
  return workflow;
}
function change(
  type: 'change_datapoints' | 'change_license' | 'renew_subscription',
  accountId = records.openAccount(),
) {
  if (type === 'change_datapoints') return { type, accountId, datapoints: 250 } as const;
  if (type === 'change_license') return { type, accountId, license: 'plus' } as const;
  return { type, accountId, months: 12 } as const;
}
/** When a worker took up the workflow for the first time, in milliseconds. @throws while none has */
async function firstTaskOf(workflow: WorkflowHandle): Promise<number> {
  const { events } = await workflow.fetchHistory();
  const { eventTime } = events!.find(({ workflowTaskStartedEventAttributes }) => workflowTaskStartedEventAttributes)!;
  return Number(eventTime!.seconds) * 1_000 + eventTime!.nanos! / 1e6;
}
/** What was asked of the services from now on. */
function listen(): () => string[] {
  const from = records.asked.length;
  return () => records.asked.slice(from);
}
/** What is asked, in this order, for a new account that is approved. */
const approved = [
  ...['inspectDecision', 'previewContract', 'settleDecision'],
  ...['createAccount', 'openSubscription', 'fulfillApplication'],
];
const sent = ['application_submitted', 'application_received'];
/** Decided before it could be told that it was sent. */
const decidedAtOnce = sent.map((kind) => `${kind} skipped: not_pending`);

describe('an application that is approved', () => {
  it('for a new account: account, subscription, made visible, told', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    const workflow = await pendingAt(applicationId);
    await engine.keepHistory('application-pending', workflow);
    const asked = listen();
    const decisionId = records.decide(applicationId, 'approve');
    await engine.decide(applicationId, decisionId);

    expect(await workflow.result()).toBe('fulfilled');
    expect(asked()).toEqual([...approved, 'requestNotice']);
    expect(records.outcome(decisionId)).toBe('applied');
    expect(records.accounts.get(newAccount.accountId)).toBe('visible');
    expect(records.told(applicationId)).toEqual([...sent, 'application_approved']);
    await engine.keepHistory('application-new-account-approved', workflow);
  });

  it.each([
    ['change_datapoints', 'datapoints_changed'],
    ['change_license', 'license_changed'],
  ] as const)('for a %s: applied, told as %s', async (type, kind) => {
    const asked = listen();
    const applicationId = records.submit(change(type));
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await workflow.result()).toBe('fulfilled');
    expect(asked().slice(4)).toEqual(['applyChange', 'fulfillApplication', 'requestManyNotices']);
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, kind]);
    await engine.keepHistory(`application-${type}-approved`, workflow);
  });

  it('for a renewal: as of its decision, and the new term is told', async () => {
    const renewal = change('renew_subscription');
    const applicationId = records.submit(renewal);
    const decidedAt = Date.now() - 3 * day;
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve', decidedAt));
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.askedWith.applyChange?.decidedAt).toBe(new Date(decidedAt).toISOString());
    expect(records.subscriptions.get(renewal.accountId)?.term.number).toBe(2);
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, 'subscription_renewed']);
    await engine.keepHistory('application-renewal-approved', workflow);
  });

  it('before anybody looked: nobody is told that it came, and one request says so with how it ended', async () => {
    const asked = listen();
    const applicationId = records.submit(records.newAccount());
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await workflow.result()).toBe('fulfilled');
    expect(asked()).toEqual(['inspectApplication', ...approved, 'requestManyNotices']);
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, 'application_approved']);
    await engine.keepHistory('application-approved-at-once', workflow);
  });

  it('in vain, before anybody looked: it stays pending, and only then it is told that it came', async () => {
    records.refusals = [{ path: 'datapoints', code: 'below_used', message: 'In use: 480', figures: { used: 480 } }];
    const asked = listen();
    const applicationId = records.submit(change('change_datapoints'));
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await eventually(async () => expect(await engine.details(workflow)).toContain('Waits for the decision'));
    expect(asked()).toEqual([
      'inspectApplication',
      'inspectDecision',
      'previewContract',
      'settleDecision',
      'requestManyNotices',
    ]);
    expect(records.told(applicationId)).toEqual(sent);
    await engine.keepHistory('application-refused-at-once', workflow);
    await workflow.terminate();
  });
});

it('is told with its account once that is there for others: a new one when it is fulfilled, another one from the start', async () => {
  const newAccount = records.newAccount();
  const another = change('change_license');
  const accountsTold = async (about: typeof newAccount) => {
    const applicationId = records.submit(about);
    const workflow = await pendingAt(applicationId);
    await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await workflow.result();
    const told = records.notices.filter((notice) => notice.applicationId === applicationId);
    expect(new Set(told.map(({ organizationId }) => organizationId))).toEqual(new Set([records.organizationId]));
    return told.map(({ accountId }) => accountId);
  };
  expect(await accountsTold(newAccount)).toEqual([null, null, newAccount.accountId]);
  expect(await accountsTold(another)).toEqual(Array.from({ length: 3 }, () => another.accountId));
});

it('of an account whose clock is ahead is told in that clock', async () => {
  const ahead = Date.now() + 100 * day;
  const applicationId = records.submit(change('change_datapoints'), ahead);
  const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve', ahead + day));
  expect(await workflow.result()).toBe('fulfilled');
  expect(records.notices.at(-1)).toMatchObject({
    key: `${applicationId}/datapoints_changed`,
    dueAt: new Date(ahead + day).toISOString(),
  });
  const another = records.submit(change('change_license'), ahead);
  await (await engine.decide(another, records.decide(another, 'reject', ahead + day))).result();
  expect(records.notices.at(-1)).toMatchObject({
    key: `${another}/application_rejected`,
    dueAt: new Date(ahead).toISOString(),
  });
});

describe('an application that is not approved', () => {
  it('and rejected: told, and licensing is not asked', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    const asked = listen();
    await engine.decide(applicationId, records.decide(applicationId, 'reject'));
    expect(await workflow.result()).toBe('rejected');
    expect(asked()).toEqual(['inspectDecision', 'settleDecision', 'requestNotice']);
    expect(records.told(applicationId)).toEqual([...sent, 'application_rejected']);
    await engine.keepHistory('application-rejected', workflow);
  });

  it('and withdrawn: it is told to look, and has that told', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    records.withdraw(applicationId);
    await engine.lookAgainAt(applicationId);
    expect(await workflow.result()).toBe('withdrawn');
    expect(records.told(applicationId)).toEqual([...sent, 'application_withdrawn']);
    await engine.keepHistory('application-withdrawn', workflow);
  });

  it.each([
    [
      'at its beginning',
      (applicationId: string) => {
        records.out.add('accounts');
        return engine.startApplication(applicationId);
      },
    ],
    [
      'later',
      async (applicationId: string) => {
        await pendingAt(applicationId);
        records.out.add('accounts');
        return engine.lookAgainAt(applicationId);
      },
    ],
  ])('and withdrawn while the answer is on its way to it, %s: it looks once more', async (_, looks) => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await looks(applicationId);
    await waitsFor(workflow, 'inspectApplication');
    records.after = async (name) => {
      if (name !== 'inspectApplication') return;
      records.after = () => {};
      records.withdraw(applicationId);
      await untilHeard(workflow, 'SIGNALED', () => engine.lookAgainAt(applicationId));
    };
    records.out.clear();
    expect(await workflow.result()).toBe('withdrawn');
  });

  it('and was withdrawn before anybody looked: nobody is told any more that it was sent', async () => {
    const applicationId = records.submit(records.newAccount());
    records.withdraw(applicationId);
    const workflow = await engine.startApplication(applicationId);
    expect(await workflow.result()).toBe('withdrawn');
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, 'application_withdrawn']);
  });

  it('stays pending when the approval is refused, and can be approved later', async () => {
    const applicationId = records.submit(change('change_datapoints'));
    const workflow = await pendingAt(applicationId);
    records.refusals = [{ path: 'datapoints', code: 'below_used', message: 'In use: 480', figures: { used: 480 } }];
    const refused = records.decide(applicationId, 'approve');
    await engine.decide(applicationId, refused);
    await eventually(() => expect(records.outcome(refused)).toBe('refused'));
    expect(records.status(applicationId)).toBe('pending');
    expect(records.askedWith.settleDecision?.preview).toEqual({
      refusals: records.refusals,
      before: expect.objectContaining({ license: 'basic', contracted: 100 }),
    });
    records.refusals = [];
    await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await workflow.result()).toBe('fulfilled');
    await engine.keepHistory('application-refused-then-approved', workflow);
  });

  it('stays pending when licensing does not know what it is about', async () => {
    const applicationId = records.submit(change('change_datapoints', id()));
    const workflow = await pendingAt(applicationId);
    const refused = records.decide(applicationId, 'approve');
    await engine.decide(applicationId, refused);
    await eventually(() => expect(records.outcome(refused)).toBe('refused'));
    expect(records.askedWith.settleDecision?.preview).toEqual({
      refusals: [{ path: '', code: 'not_found', message: 'There is no such subscription.' }],
      before: null,
    });
    expect(records.status(applicationId)).toBe('pending');
    await engine.decide(applicationId, records.decide(applicationId, 'reject'));
    expect(await workflow.result()).toBe('rejected');
  });
});

describe('an application that nobody decides', () => {
  it('reminds the reviewers, tells their lead, and lapses, each on its own day', async () => {
    const applicationId = records.submit(records.newAccount());
    const { submittedAt } = records.applications.get(applicationId)!;
    const workflow = await pendingAt(applicationId);
    await engine.moveApplicationTo(applicationId, submittedAt + 3 * day);
    await eventually(() => expect(records.told(applicationId)).toEqual([...sent, 'application_waiting']));
    await eventually(async () => expect(await engine.details(workflow)).toContain('reviewers were reminded'));
    await engine.keepHistory('application-reminded', workflow);
    await engine.moveApplicationTo(applicationId, submittedAt + 31 * day);
    expect(await workflow.result()).toBe('lapsed');
    expect(records.notices.filter(({ key }) => key.startsWith(applicationId))).toEqual([
      ...sent.map((kind) => expect.objectContaining({ kind, dueAt: new Date(submittedAt).toISOString(), skip: null })),
      expect.objectContaining({ kind: 'application_waiting', dueAt: new Date(submittedAt + 2 * day).toISOString() }),
      expect.objectContaining({ kind: 'application_escalated', dueAt: new Date(submittedAt + 5 * day).toISOString() }),
      expect.objectContaining({ kind: 'application_lapsed', skip: null }),
    ]);
    await engine.keepHistory('application-lapsed', workflow);
  });

  it('lapses before reviewers would be reminded where it is set to: they are told nothing', async () => {
    const applicationId = records.submit(records.newAccount());
    const application = records.applications.get(applicationId)!;
    application.lapsesAt = application.submittedAt + day;
    const workflow = await pendingAt(applicationId);
    await engine.moveApplicationTo(applicationId, application.lapsesAt);
    expect(await workflow.result()).toBe('lapsed');
    expect(records.told(applicationId)).toEqual([
      ...sent,
      'application_waiting skipped: superseded',
      'application_escalated skipped: superseded',
      'application_lapsed',
    ]);
  });

  it('lapses by the clock of accounts, where the engine’s is ahead: until then it is decided as ever', async () => {
    const [left, approved] = [records.submit(records.newAccount()), records.submit(records.newAccount())];
    const lapsesAt = records.applications.get(left)!.lapsesAt;
    records.workflowsAhead = 10 * 60_000;
    const workflows = await Promise.all([left, approved].map(pendingAt));
    for (const [index, applicationId] of [left, approved].entries()) {
      await engine.moveApplicationTo(applicationId, lapsesAt + 60_000);
      const until = `${minutes(records.applications.get(applicationId)!.lapsesAt + records.workflowsAhead)}: it lapses`;
      await eventually(async () => expect(await engine.details(workflows[index]!)).toContain(until));
    }
    await engine.decide(approved, records.decide(approved, 'approve', lapsesAt));
    expect(await workflows[1]!.result()).toBe('fulfilled');
    await engine.moveApplicationTo(left, lapsesAt + records.workflowsAhead);
    expect(await workflows[0]!.result()).toBe('lapsed');
    await engine.keepHistory('application-lapsed-by-a-clock-ahead', workflows[0]!);
  });

  it('sleeps on one timer at a time', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    await engine.moveApplicationTo(applicationId, Date.now() + 6 * day);
    await eventually(async () => expect(await engine.details(workflow)).toContain('their lead was told'));
    const events = await eventsOf(workflow);
    expect(events.filter((event) => event === 'TIMER_STARTED')).toHaveLength(3);
    expect(events.filter((event) => event === 'TIMER_FIRED')).toHaveLength(2);
    await workflow.terminate();
  });

  it('that was overlooked for six days, in an outage: only the latest that is due is told', async () => {
    const applicationId = records.submit(records.newAccount(), Date.now() - 6 * day);
    await pendingAt(applicationId).then((workflow) => workflow.terminate());
    expect(records.told(applicationId)).toEqual([
      ...sent.map((kind) => `${kind} skipped: superseded`),
      'application_waiting skipped: superseded',
      'application_escalated',
    ]);
  });

  it('that was overlooked until it was to lapse: it lapses, and reviewers are not told that it waits', async () => {
    const applicationId = records.submit(records.newAccount(), Date.now() - 31 * day);
    const workflow = await engine.lookAgainAt(applicationId);
    expect(await workflow.result()).toBe('lapsed');
    expect(records.told(applicationId)).toEqual([
      ...sent.map((kind) => `${kind} skipped: superseded`),
      'application_waiting skipped: superseded',
      'application_escalated skipped: superseded',
      'application_lapsed',
    ]);
    await engine.keepHistory('application-lapsed-overdue', workflow);
  });
});

describe('a race', () => {
  it('of two decisions: one is applied, the other is too late, each is settled once', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    const decisions = [records.decide(applicationId, 'approve'), records.decide(applicationId, 'reject')];
    await Promise.all(decisions.map((decisionId) => engine.decide(applicationId, decisionId)));
    const result = await workflow.result();
    const [approval, rejection] = decisions.map((decisionId) => records.outcome(decisionId));
    expect([result, approval, rejection]).toEqual(
      result === 'fulfilled' ? ['fulfilled', 'applied', 'too_late'] : ['rejected', 'too_late', 'applied'],
    );
    await engine.keepHistory('application-two-decisions', workflow);
  });

  it('whose loser was recorded and never signalled: it is answered all the same, and licensing is not asked for it', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    const asked = listen();
    const first = records.decide(applicationId, 'approve');
    const late = records.decide(applicationId, 'approve');
    await engine.decide(applicationId, first);
    expect(await workflow.result()).toBe('fulfilled');
    expect([records.outcome(first), records.outcome(late)]).toEqual(['applied', 'too_late']);
    expect(asked().filter((name) => name === 'previewContract')).toHaveLength(1);
  });

  it('of a decision with its own signal: what was done meanwhile is not done a second time', async () => {
    const applicationId = records.submit(records.newAccount());
    const decisionId = records.decide(applicationId, 'approve');
    records.before = async (name) => {
      if (name === 'settleDecision') await engine.decide(applicationId, decisionId);
    };
    const from = records.asked.length;
    const workflow = await engine.startApplication(applicationId);
    expect(await workflow.result()).toBe('fulfilled');
    const asked = records.asked.slice(from);
    expect([asked.length, new Set(asked).size]).toEqual([8, 8]);
    expect(await eventsOf(workflow)).not.toContain('WORKFLOW_TASK_FAILED');
    await engine.keepHistory('application-signalled-while-it-was-settled', workflow);
  });

  it('of a decision with a withdrawal: the withdrawal that came first holds, and the decision is too late', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    const decisionId = records.decide(applicationId, 'approve');
    records.withdraw(applicationId);
    await engine.decide(applicationId, decisionId);
    expect(await workflow.result()).toBe('withdrawn');
    expect(records.outcome(decisionId)).toBe('too_late');
    expect(records.told(applicationId)).toEqual([...sent, 'application_withdrawn']);
    await engine.keepHistory('application-decision-after-withdrawal', workflow);
  });

  it('whose loser was recorded before a withdrawal, and never signalled: it is answered all the same', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    const decisionId = records.decide(applicationId, 'approve');
    records.withdraw(applicationId);
    await engine.lookAgainAt(applicationId);
    expect(await workflow.result()).toBe('withdrawn');
    expect(records.outcome(decisionId)).toBe('too_late');
  });

  it('of a decision with the lapse: a decision that is known is settled first', async () => {
    const applicationId = records.submit(records.newAccount(), Date.now() - 31 * day);
    const decisionId = records.decide(applicationId, 'approve', Date.now() - day);
    const workflow = await engine.decide(applicationId, decisionId);
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, 'application_approved']);
  });

  it('of a decision with the lapse: one that is recorded and not heard of is settled first, as it was made', async () => {
    const applicationId = records.submit(records.newAccount(), Date.now() - 31 * day);
    let decisionId = '';
    records.before = (name) => {
      if (name === 'lapseApplication' && !decisionId) decisionId = records.decide(applicationId, 'approve');
    };
    const workflow = await engine.lookAgainAt(applicationId);
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.outcome(decisionId)).toBe('applied');
    await engine.keepHistory('application-decided-before-its-lapse', workflow);
  });

  it('of a decision with the lapse: where the one that was recorded is refused, it lapses', async () => {
    const applicationId = records.submit(records.newAccount(), Date.now() - 31 * day);
    let decisionId = '';
    records.refusals = [{ path: 'license', code: 'unknown_license', message: 'Choose a license.' }];
    records.before = (name) => {
      if (name === 'lapseApplication' && !decisionId) decisionId = records.decide(applicationId, 'approve');
    };
    const workflow = await engine.lookAgainAt(applicationId);
    expect(await workflow.result()).toBe('lapsed');
    expect(records.outcome(decisionId)).toBe('refused');
    expect(records.told(applicationId).at(-1)).toBe('application_lapsed');
  });

  it('that the records had decided before the lapse, while the engine had forgotten: what was approved is provisioned', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    const workflow = await pendingAt(applicationId);
    const decisionId = records.decide(applicationId, 'approve');
    await records.ask(settleDecision, { applicationId, decisionId, preview: { refusals: [], before: null } });
    await engine.moveApplicationTo(applicationId, Date.now() + 31 * day);
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.accounts.get(newAccount.accountId)).toBe('visible');
  });

  it('is not entered by a decision that accounts does not know: nothing changes, and operators read its id', async () => {
    const applicationId = records.submit(records.newAccount());
    const unknown = id();
    await engine.decide(applicationId, 'no id at all');
    const workflow = await engine.decide(applicationId, unknown);
    await eventually(async () =>
      expect(await engine.details(workflow)).toContain(
        `Signalled, but not known to accounts, and so without effect: \`${unknown}\``,
      ),
    );
    expect(records.status(applicationId)).toBe('pending');
    await engine.keepHistory('application-unknown-decision', workflow);
    await engine.decide(applicationId, records.decide(applicationId, 'reject'));
    expect(await workflow.result()).toBe('rejected');
    expect(await engine.details(workflow)).toMatch(
      new RegExp(`^\\*\\*Ended as rejected\\*\\* at .* UTC\\.\n\nSignalled, but not known .*: \`${unknown}\`$`),
    );
  });
});

it('whose history is too long for the engine begins anew, with what is decided at that moment: nothing is told twice', async () => {
  const applicationId = records.submit(records.newAccount());
  const workflow = await pendingAt(applicationId);
  const { runId } = await workflow.describe();
  await engine.stopWorker();
  await makeLong(workflow);
  await engine.decide(applicationId, records.decide(applicationId, 'approve'));
  const asked = listen();
  await engine.startWorker();
  const again = engine.client.workflow.getHandle(workflow.workflowId);
  expect(await again.result()).toBe('fulfilled');
  const first = engine.client.workflow.getHandle(workflow.workflowId, runId);
  expect((await eventsOf(first)).at(-1)).toBe('WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
  await engine.keepHistory('application-handed-on', first);
  expect(asked()).toEqual(['inspectApplication', ...approved, 'requestManyNotices']);
  expect(records.told(applicationId)).toEqual([...sent, 'application_approved']);
});

it('goes before the subscriptions that came first and wait for the worker: an import leaves it thousands', async () => {
  await engine.stopWorker();
  const accounts = Array.from({ length: 40 }, () => records.openAccount());
  const subscriptions = await Promise.all(accounts.map((accountId) => engine.startSubscription(accountId)));
  const application = await engine.startApplication(records.submit(records.newAccount()));
  await engine.startWorker();
  const [first, ...others] = await eventually(() => Promise.all([application, ...subscriptions].map(firstTaskOf)));
  expect(others.filter((other) => other < first!).length).toBeLessThan(20);
});

it('a signal of which only a later version knows holds nothing up', async () => {
  const applicationId = records.submit(records.newAccount());
  const workflow = await pendingAt(applicationId);
  await workflow.signal('reconsider', { since: 'later' });
  await engine.decide(applicationId, records.decide(applicationId, 'approve'));
  expect(await workflow.result()).toBe('fulfilled');
});

describe('an outage', () => {
  it('of a service is waited for, asked for once a minute at least, seen by operators, and fails nothing', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    records.out.add('licensing');
    await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await waitsFor(workflow, 'previewContract');
    const details = await engine.details(workflow);
    expect(details).toMatch(/^\*\*The service licensing does not answer\*\*[^]*\*\*Has decision `[\w-]+` settled\*\*/);
    expect((await summariesIn(workflow)).at(-1)).toBe('Check whether it can be approved: waits for licensing');
    const { events } = await workflow.fetchHistory();
    const scheduled = events!.findLast((event) => event.activityTaskScheduledEventAttributes);
    const { retryPolicy, startToCloseTimeout } = scheduled!.activityTaskScheduledEventAttributes!;
    expect(Number(startToCloseTimeout!.seconds)).toBe(10);
    expect([retryPolicy!.maximumAttempts, Number(retryPolicy!.maximumInterval!.seconds)]).toEqual([0, 60]);
    expect(records.status(applicationId)).toBe('pending');
    await engine.keepHistory('application-licensing-out-of-reach', workflow);
    records.out.clear();
    expect(await workflow.result()).toBe('fulfilled');
    expect(await engine.details(workflow)).not.toContain('does not answer');
    await engine.keepHistory('application-licensing-back', workflow);
  });

  it.each([
    ['openSubscription', 'invalid'],
    ['requestNotice', 'invalid'],
    ['settleDecision', 'forbidden'],
  ] as const)(
    'is also that a service does not understand: %s of a later version waits for the service of that version (%s)',
    async (step, code) => {
      const applicationId = records.submit(records.newAccount());
      const workflow = await pendingAt(applicationId);
      records.refuse.set(step, code);
      await engine.decide(applicationId, records.decide(applicationId, 'approve'));
      await waitsFor(workflow, step);
      records.refuse.clear();
      expect(await workflow.result()).toBe('fulfilled');
      expect(records.told(applicationId)).toEqual([...sent, 'application_approved']);
    },
  );

  it('of notifications holds up no decision: that it was sent is told afterwards, with how it ended', async () => {
    const newAccount = records.newAccount();
    records.out.add('notifications');
    const applicationId = records.submit(newAccount);
    const workflow = await pendingAt(applicationId);
    await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await eventually(() => expect(records.accounts.get(newAccount.accountId)).toBe('visible'));
    expect(records.told(applicationId)).toEqual([]);
    records.out.clear();
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.told(applicationId).toSorted()).toEqual(['application_approved', ...sent.toReversed()]);
    await engine.keepHistory('application-notifications-out-of-reach', workflow);
  });

  it('of notifications that ends leaves what operators read: what is waited for since', async () => {
    records.out.add('notifications');
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    await waitsFor(workflow, 'requestManyNotices');
    const details = await engine.details(workflow);
    records.out.clear();
    await eventually(() => expect(records.told(applicationId)).toEqual(sent));
    await waitsFor(workflow);
    expect(await engine.details(workflow)).toBe(details);
    await workflow.terminate();
  });

  it('of notifications and of the worker: it goes on where it was, with both that it came and how it ended', async () => {
    records.out.add('notifications');
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await waitsFor(workflow, 'requestManyNotices', 'requestNotice');
    await engine.stopWorker();
    await engine.startWorker();
    records.out.clear();
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.told(applicationId).toSorted()).toEqual(['application_approved', ...sent.toReversed()]);
    await engine.keepHistory('application-approved-with-notifications-out-of-reach', workflow);
  });

  it('of the worker: it goes on with what was decided meanwhile, as of then', async () => {
    const decidedAt = Date.now() - 3 * day;
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    await engine.stopWorker();
    await engine.decide(applicationId, records.decide(applicationId, 'approve', decidedAt));
    expect(records.status(applicationId)).toBe('pending');
    await engine.startWorker();
    expect(await workflow.result()).toBe('fulfilled');
    const { previewContract, openSubscription } = records.askedWith;
    const asOf = new Date(decidedAt).toISOString();
    expect([previewContract?.asOf, openSubscription?.decidedAt]).toEqual([asOf, asOf]);
  });

  it('in which Temporal lost everything: it is started again from the records, and does nothing twice', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    records.before = (name) => {
      if (name === 'openSubscription') records.out.add('accounts');
    };
    const lost = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await waitsFor(lost, 'fulfillApplication');
    expect(await engine.details(lost)).toContain('**Provisions what was approved** (`new_account`)');
    expect(await engine.searchAttributes(lost)).toMatchObject({ ApplicationStatus: 'approved' });
    await lost.terminate();
    records.before = () => {};
    records.out.clear();
    const again = await engine.lookAgainAt(applicationId);
    expect(await again.result()).toBe('fulfilled');
    expect(records.accounts.get(newAccount.accountId)).toBe('visible');
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, 'application_approved']);
  });
});

describe('a refusal while it is provisioned', () => {
  it('undoes the steps in reverse; the application failed with what was refused', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    records.refuse.set('openSubscription', 'contract_refused');
    const asked = listen();
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await workflow.result()).toBe('failed');
    expect(asked().slice(4)).toEqual([
      'createAccount',
      'openSubscription',
      'cancelSubscription',
      'discardAccount',
      'failApplication',
      'requestManyNotices',
    ]);
    expect(records.applications.get(applicationId)?.failure).toBe('contract_refused');
    expect(records.accounts.get(newAccount.accountId)).toBe('discarded');
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, 'application_failed']);
    await engine.keepHistory('application-undone', workflow);
  });

  it('at the last step undoes a new account as well', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    records.refuse.set('fulfillApplication', 'name_taken');
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await workflow.result()).toBe('failed');
    expect(records.accounts.get(newAccount.accountId)).toBe('discarded');
    expect(records.applications.get(applicationId)?.failure).toBe('name_taken');
  });

  it('of a change fails it: there is nothing to undo', async () => {
    const applicationId = records.submit(change('change_datapoints'));
    records.refuse.set('applyChange', 'contract_refused');
    const asked = listen();
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await workflow.result()).toBe('failed');
    expect(asked().slice(4)).toEqual(['applyChange', 'failApplication', 'requestManyNotices']);
    await engine.keepHistory('application-change-failed', workflow);
  });

  it('of a change that licensing has made is for an operator: the workflow fails, the application does not', async () => {
    const applicationId = records.submit(change('change_datapoints'));
    records.refuse.set('fulfillApplication', 'not_found');
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await expect(workflow.result()).rejects.toMatchObject({ cause: { type: 'not_found' } });
    expect(records.status(applicationId)).toBe('approved');
    expect(await engine.searchAttributes(workflow)).toMatchObject({ ApplicationStatus: 'approved' });
    records.refuse.clear();
    const again = await engine.lookAgainAt(applicationId);
    expect(await again.result()).toBe('fulfilled');
  });
});

describe('a cancellation by an operator', () => {
  it('while it is pending: the application stays pending, and a decision starts it again', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    await workflow.cancel();
    await expect(workflow.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await engine.details(workflow)).toContain('It stays pending: nobody is reminded');
    expect(records.status(applicationId)).toBe('pending');
    await engine.keepHistory('application-cancelled-while-pending', workflow);
    const again = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await again.result()).toBe('fulfilled');
  });

  it('while a new account is provisioned: it is undone, and the application failed', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    records.before = (name) => {
      if (name === 'createAccount') records.out.add('licensing');
    };
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await waitsFor(workflow, 'openSubscription');
    await workflow.cancel();
    await eventually(async () => expect(await engine.details(workflow)).toContain('because of `cancelled`'));
    records.out.clear();
    expect(await workflow.result()).toBe('failed');
    expect(records.applications.get(applicationId)?.failure).toBe('cancelled');
    expect(records.accounts.get(newAccount.accountId)).toBe('discarded');
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, 'application_failed']);
    await engine.keepHistory('application-cancelled-while-provisioned', workflow);
  });

  it('while nobody knows whether the account was created: it is undone all the same', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    records.after = (name) => {
      if (name === 'createAccount') throw refuse('timeout', 'No answer in time.');
    };
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await waitsFor(workflow, 'createAccount');
    await workflow.cancel();
    expect(await workflow.result()).toBe('failed');
    expect(records.accounts.get(newAccount.accountId)).toBe('discarded');
  });

  it('while a new account is made visible: it comes too late', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    records.before = (name) => {
      if (name === 'openSubscription') records.out.add('accounts');
    };
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await waitsFor(workflow, 'fulfillApplication');
    await untilHeard(workflow, 'CANCEL_REQUESTED', () => workflow.cancel());
    records.out.clear();
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.accounts.get(newAccount.accountId)).toBe('visible');
  });

  it('while a change is made: it comes too late', async () => {
    const applicationId = records.submit(change('change_license'));
    let cancelled = false;
    records.before = async (name) => {
      if (name !== 'applyChange' || cancelled) return;
      cancelled = true;
      await engine.client.workflow.getHandle(`application/${applicationId}`).cancel();
    };
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, 'license_changed']);
  });
});

describe('what operators see of an application', () => {
  it('is, while it waits, for what, since when and until when', async () => {
    const applicationId = records.submit(records.newAccount());
    const { submittedAt } = records.applications.get(applicationId)!;
    const workflow = await pendingAt(applicationId);
    expect(await engine.details(workflow)).toBe(
      [
        `**Waits for the decision of Customer Success**, since ${minutes(submittedAt)}, until ${minutes(submittedAt + 30 * day)}.`,
        '',
        `- ${minutes(submittedAt + 2 * day)}: reviewers are reminded`,
        `- ${minutes(submittedAt + 5 * day)}: their lead is told`,
        `- ${minutes(submittedAt + 30 * day)}: it lapses`,
      ].join('\n'),
    );
    await workflow.terminate();
  });

  it('can be searched by account, organization, type and status', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    const workflow = await pendingAt(applicationId);
    const found = {
      AccountId: newAccount.accountId,
      OrganizationId: records.organizationId,
      ApplicationType: 'new_account',
    };
    expect(await engine.searchAttributes(workflow)).toEqual({ ...found, ApplicationStatus: 'pending' });
    await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await workflow.result();
    expect(await engine.searchAttributes(workflow)).toEqual({ ...found, ApplicationStatus: 'fulfilled' });
    // Pending, then fulfilled: an approval that goes through is not to be found in between.
    expect((await eventsOf(workflow)).filter((event) => event.startsWith('UPSERT'))).toHaveLength(2);
    expect(await engine.details(workflow)).toMatch(/^\*\*Ended as fulfilled\*\* at .* UTC\.$/);
  });

  it('has a summary on the workflow, the timer and each step', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    const { staticSummary } = await workflow.describe();
    expect(await staticSummary()).toBe(`Application ${applicationId}`);
    expect(await summariesIn(workflow)).toEqual([
      `Application ${applicationId}`,
      'Read the application',
      'Have notices made',
      'Until the reviewers are reminded',
    ]);
    await workflow.terminate();
  });

  it('holds no personal data: what a refusal says of others stays out of the history', async () => {
    const applicationId = records.submit(records.newAccount());
    records.refuse.set('openSubscription', 'contract_refused');
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await workflow.result();
    const text = textOf(await workflow.fetchHistory());
    expect(text).toContain('Refused: contract_refused');
    expect(text).not.toContain(secret);
  });
});

describe('an application that has ended', () => {
  it('is not started again', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'reject'));
    await workflow.result();
    await expect(engine.lookAgainAt(applicationId)).rejects.toBeInstanceOf(WorkflowExecutionAlreadyStartedError);
  });

  it('that accounts does not know fails at once', async () => {
    const workflow = await engine.lookAgainAt(id());
    await expect(workflow.result()).rejects.toMatchObject({ cause: { type: 'not_found' } });
  });
});
