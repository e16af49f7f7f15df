import { WorkflowExecutionAlreadyStartedError, type WorkflowHandle } from '@temporalio/client';
import { refuse, settleDecision } from '@tenure/contracts';
import { eventually, testTemporal } from '@tenure/testing';
import { Engine, waitsFor } from './testing/engine.js';
import { completedTasksOf, eventsOf, makeLong, summariesIn, textOf, untilHandled } from './testing/histories.js';
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
  await eventually(async () => expect(await engine.details(workflow)).toContain('Waiting for a decision'));
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
/** When a worker picked up the workflow for the first time, in milliseconds. */
async function firstTaskOf(workflow: WorkflowHandle): Promise<number> {
  const { events } = await workflow.fetchHistory();
  const { eventTime } = events!.find(({ workflowTaskStartedEventAttributes }) => workflowTaskStartedEventAttributes)!;
  return Number(eventTime!.seconds) * 1_000 + eventTime!.nanos! / 1e6;
}
/** Returns the requests to the services since this call. */
function listen(): () => string[] {
  const from = records.asked.length;
  return () => records.asked.slice(from);
}
/** The requests for the approval of a new account, in this order. */
const approved = [
  ...['inspectDecision', 'previewContract', 'settleDecision'],
  ...['createAccount', 'openSubscription', 'fulfillApplication'],
];
const sent = ['application_submitted', 'application_received'];
/** The notices of the submission when the application is decided before they were requested. */
const decidedAtOnce = sent.map((kind) => `${kind} skipped: not_pending`);

describe('an application that is approved', () => {
  it('for a new account: creates the account, opens the subscription, makes it visible and notifies', async () => {
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
  ] as const)('for a %s: applies the change and notifies with %s', async (type, kind) => {
    const asked = listen();
    const applicationId = records.submit(change(type));
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await workflow.result()).toBe('fulfilled');
    expect(asked().slice(4)).toEqual(['applyChange', 'fulfillApplication', 'requestManyNotices']);
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, kind]);
    await engine.keepHistory(`application-${type}-approved`, workflow);
  });

  it('for a renewal: applies it as of the decision, and announces the new term', async () => {
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

  it('before its workflow ran: sends no notices of the submission, and records that together with the outcome in one request', async () => {
    const asked = listen();
    const applicationId = records.submit(records.newAccount());
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await workflow.result()).toBe('fulfilled');
    expect(asked()).toEqual(['inspectApplication', ...approved, 'requestManyNotices']);
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, 'application_approved']);
    await engine.keepHistory('application-approved-at-once', workflow);
  });

  it('but refused, before its workflow ran: stays pending, and only then sends the notices of the submission', async () => {
    records.refusals = [{ path: 'datapoints', code: 'below_used', message: 'In use: 480', figures: { used: 480 } }];
    const asked = listen();
    const applicationId = records.submit(change('change_datapoints'));
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await eventually(async () => expect(await engine.details(workflow)).toContain('Waiting for a decision'));
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

it('names the account in its notices once others can see it: a new one when fulfilled, an existing one from the start', async () => {
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

it('dates the notices of an account whose clock is ahead by that clock', async () => {
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
  it('and rejected: notifies, without asking licensing', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    const asked = listen();
    await engine.decide(applicationId, records.decide(applicationId, 'reject'));
    expect(await workflow.result()).toBe('rejected');
    expect(asked()).toEqual(['inspectDecision', 'settleDecision', 'requestNotice']);
    expect(records.told(applicationId)).toEqual([...sent, 'application_rejected']);
    await engine.keepHistory('application-rejected', workflow);
  });

  it('and withdrawn: reads the application again on a signal, and notifies', async () => {
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
  ])('and withdrawn while a read is in flight, %s: reads it once more', async (_, looks) => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await looks(applicationId);
    await waitsFor(workflow, 'inspectApplication');
    records.after = async (name) => {
      if (name !== 'inspectApplication') return;
      records.after = () => {};
      records.withdraw(applicationId);
      await untilHandled(workflow, 'SIGNALED', () => engine.lookAgainAt(applicationId));
    };
    records.out.clear();
    expect(await workflow.result()).toBe('withdrawn');
  });

  it('and withdrawn before its workflow ran: sends no notices of the submission', async () => {
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

  it('stays pending when licensing does not know its account', async () => {
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
  it('reminds the reviewers, notifies their lead, and lapses, each on its own day', async () => {
    const applicationId = records.submit(records.newAccount());
    const { submittedAt } = records.applications.get(applicationId)!;
    const workflow = await pendingAt(applicationId);
    await engine.moveApplicationTo(applicationId, submittedAt + 3 * day);
    await eventually(() => expect(records.told(applicationId)).toEqual([...sent, 'application_waiting']));
    await eventually(async () => expect(await engine.details(workflow)).toContain('the reviewers were reminded'));
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

  it('lapses before the reminder of the reviewers if configured so: they are not notified', async () => {
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

  it('lapses by the clock of accounts when Temporal’s is ahead: until then it can be decided as usual', async () => {
    const [left, approved] = [records.submit(records.newAccount()), records.submit(records.newAccount())];
    const lapsesAt = records.applications.get(left)!.lapsesAt;
    records.workflowsAhead = 10 * 60_000;
    const workflows = await Promise.all([left, approved].map(pendingAt));
    for (const [index, applicationId] of [left, approved].entries()) {
      await engine.moveApplicationTo(applicationId, lapsesAt + 60_000);
      const until = `${minutes(records.applications.get(applicationId)!.lapsesAt + records.workflowsAhead)}: the application lapses`;
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
    await eventually(async () => expect(await engine.details(workflow)).toContain('their lead was notified'));
    const events = await eventsOf(workflow);
    expect(events.filter((event) => event === 'TIMER_STARTED')).toHaveLength(3);
    expect(events.filter((event) => event === 'TIMER_FIRED')).toHaveLength(2);
    await workflow.terminate();
  });

  it('during an outage of six days: sends only the latest notice that is due', async () => {
    const applicationId = records.submit(records.newAccount(), Date.now() - 6 * day);
    await pendingAt(applicationId).then((workflow) => workflow.terminate());
    // The notices of the submission delay no other, so nothing says which come first.
    expect(records.told(applicationId).toSorted()).toEqual([
      'application_escalated',
      ...sent.toReversed().map((kind) => `${kind} skipped: superseded`),
      'application_waiting skipped: superseded',
    ]);
  });

  it('during an outage past its lapse: lapses without reminding the reviewers', async () => {
    const applicationId = records.submit(records.newAccount(), Date.now() - 31 * day);
    const workflow = await engine.lookAgainAt(applicationId);
    expect(await workflow.result()).toBe('lapsed');
    expect(records.told(applicationId).toSorted()).toEqual([
      'application_escalated skipped: superseded',
      'application_lapsed',
      ...sent.toReversed().map((kind) => `${kind} skipped: superseded`),
      'application_waiting skipped: superseded',
    ]);
    await engine.keepHistory('application-lapsed-overdue', workflow);
  });
});

describe('a race', () => {
  it('between two decisions: one is applied, the other is too late, each is settled once', async () => {
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

  it('whose loser was recorded and never signaled: the loser is settled all the same, without asking licensing', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    const asked = listen();
    const first = records.decide(applicationId, 'approve');
    const late = records.decide(applicationId, 'approve');
    await engine.decide(applicationId, first);
    expect(await workflow.result()).toBe('fulfilled');
    expect([records.outcome(first), records.outcome(late)]).toEqual(['applied', 'too_late']);
    expect(asked().filter((name) => name === 'previewContract')).toHaveLength(1);
    expect((await summariesIn(workflow)).at(-1)).toBe('Until the decision is signaled');
  });

  it('between settling a decision and its signal: repeats no request', async () => {
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

  it('between a decision and a withdrawal: the withdrawal that came first holds, and the decision is too late', async () => {
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

  it('whose loser was recorded before a withdrawal and never signaled: the loser is settled all the same', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    const decisionId = records.decide(applicationId, 'approve');
    records.withdraw(applicationId);
    await engine.lookAgainAt(applicationId);
    expect(await workflow.result()).toBe('withdrawn');
    expect(records.outcome(decisionId)).toBe('too_late');
  });

  it('between a decision and the lapse: a signaled decision is settled first', async () => {
    const applicationId = records.submit(records.newAccount(), Date.now() - 31 * day);
    const decisionId = records.decide(applicationId, 'approve', Date.now() - day);
    const workflow = await engine.decide(applicationId, decisionId);
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.told(applicationId)).toEqual([...decidedAtOnce, 'application_approved']);
  });

  it('between a decision and the lapse: a recorded decision that was not signaled is settled first, as it was made', async () => {
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

  it('between a decision and the lapse: if the recorded decision is refused, the application lapses', async () => {
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

  it('decided in the records before the lapse, while Temporal had lost that: provisions what was approved', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    const workflow = await pendingAt(applicationId);
    const decisionId = records.decide(applicationId, 'approve');
    await records.ask(settleDecision, { applicationId, decisionId, preview: { refusals: [], before: null } });
    await engine.moveApplicationTo(applicationId, Date.now() + 31 * day);
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.accounts.get(newAccount.accountId)).toBe('visible');
  });

  it('does not include a decision that accounts does not know: nothing changes, and operators read its id', async () => {
    const applicationId = records.submit(records.newAccount());
    const unknown = id();
    await engine.decide(applicationId, 'no id at all');
    const workflow = await engine.decide(applicationId, unknown);
    await eventually(async () =>
      expect(await engine.details(workflow)).toContain(
        `Signaled but unknown to accounts, and therefore without effect: \`${unknown}\``,
      ),
    );
    expect(records.status(applicationId)).toBe('pending');
    await engine.keepHistory('application-unknown-decision', workflow);
    await engine.decide(applicationId, records.decide(applicationId, 'reject'));
    expect(await workflow.result()).toBe('rejected');
    expect(await engine.details(workflow)).toMatch(
      new RegExp(`^\\*\\*Ended as rejected\\*\\* at .* UTC\\.\n\nSignaled but unknown .*: \`${unknown}\`$`),
    );
  });
});

it('continues as a new run when its history is too long, with a decision made at that moment, and notifies nobody twice', async () => {
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

it('runs before subscriptions that have been waiting for the worker longer: an import leaves thousands of them', async () => {
  await engine.stopWorker();
  const accounts = Array.from({ length: 40 }, () => records.openAccount());
  const subscriptions = await Promise.all(accounts.map((accountId) => engine.startSubscription(accountId)));
  const application = await engine.startApplication(records.submit(records.newAccount()));
  await engine.startWorker();
  const all = [application, ...subscriptions];
  // From then on they ask for nothing that another test would count. One after the other: reading all histories again
  // and again would slow down the worker, which is in this process.
  for (const each of all) await eventually(async () => expect(await eventsOf(each)).toContain('TIMER_STARTED'));
  const [first, ...others] = await Promise.all(all.map(firstTaskOf));
  expect(others.filter((other) => other < first!).length).toBeLessThan(20);
});

it('that is signaled to look again and finds nothing new reads its record once, and keeps waiting', async () => {
  const applicationId = records.submit(records.newAccount());
  const workflow = await pendingAt(applicationId);
  const asked = listen();
  await untilHandled(workflow, 'SIGNALED', () => engine.lookAgainAt(applicationId));
  expect(asked().filter((name) => name === 'inspectApplication')).toHaveLength(1);
  await workflow.terminate();
});

it('ignores a signal that only a later version knows', async () => {
  const applicationId = records.submit(records.newAccount());
  const workflow = await pendingAt(applicationId);
  await workflow.signal('reconsider', { since: 'later' });
  await engine.decide(applicationId, records.decide(applicationId, 'approve'));
  expect(await workflow.result()).toBe('fulfilled');
});

describe('an outage', () => {
  it('of a service: retries at least once a minute, visible to operators, and fails nothing', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    records.out.add('licensing');
    await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await waitsFor(workflow, 'previewContract');
    const details = await engine.details(workflow);
    expect(details).toMatch(/^\*\*The service licensing does not answer\*\*[^]*\*\*Settling decision `[\w-]+`\*\*/);
    expect((await summariesIn(workflow)).at(-1)).toBe(
      'Check whether the application can be approved: waiting for licensing',
    );
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

  it('for a moment is bridged immediately: operators see no pending activity', async () => {
    const applicationId = records.submit(records.newAccount());
    records.before = (name) => {
      if (name !== 'createAccount') return;
      records.before = () => {};
      throw refuse('timeout', 'No answer in time.');
    };
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await workflow.result()).toBe('fulfilled');
    expect(await eventsOf(workflow)).not.toContain('ACTIVITY_TASK_SCHEDULED');
  });

  it.each([
    ['openSubscription', 'invalid'],
    ['requestNotice', 'invalid'],
    ['settleDecision', 'forbidden'],
  ] as const)(
    'includes an older service that does not understand: %s of a later version waits for the service of that version (%s)',
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

  it('of notifications delays no decision: the notices of the submission and of the outcome follow later', async () => {
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

  it('of notifications while the reviewers are to be reminded delays no decision either', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    const workflow = await pendingAt(applicationId);
    records.out.add('notifications');
    const moved = engine.moveApplicationTo(applicationId, Date.now() + 3 * day);
    await waitsFor(workflow, 'requestNotice');
    await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await eventually(() => expect(records.accounts.get(newAccount.accountId)).toBe('visible'));
    expect(records.told(applicationId)).toEqual(sent);
    records.out.clear();
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.told(applicationId).toSorted()).toEqual([
      'application_approved',
      ...sent.toReversed(),
      'application_waiting',
    ]);
    await moved;
    await engine.keepHistory('application-reminder-out-of-reach', workflow);
  });

  it('of notifications while a withdrawal is read at the beginning: the notices of the submission follow later', async () => {
    const applicationId = records.submit(records.newAccount());
    records.out.add('accounts');
    const workflow = await engine.startApplication(applicationId);
    await waitsFor(workflow, 'inspectApplication');
    records.after = async () => {
      records.after = () => {};
      records.out.add('notifications');
      records.withdraw(applicationId);
      await untilHandled(workflow, 'SIGNALED', () => engine.lookAgainAt(applicationId));
    };
    records.out.delete('accounts');
    await waitsFor(workflow, 'requestManyNotices', 'requestNotice');
    records.out.clear();
    expect(await workflow.result()).toBe('withdrawn');
    expect(records.told(applicationId).toSorted()).toEqual([...sent.toReversed(), 'application_withdrawn']);
  });

  it('of notifications restores the details that operators read, once it ends', async () => {
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

  it('of notifications and of the worker: continues where it was, with the notices of the submission and of the outcome', async () => {
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

  it('of the worker: continues with what was decided meanwhile, as of the decision', async () => {
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

  it('in which Temporal lost everything: starts again from the records, and does nothing twice', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    records.before = (name) => {
      if (name === 'openSubscription') records.out.add('accounts');
    };
    const lost = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await waitsFor(lost, 'fulfillApplication');
    expect(await engine.details(lost)).toContain('**Provisioning what was approved** (`new_account`)');
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

it('whose submission notices are refused is decided and announced all the same; only then the workflow fails', async () => {
  const asked = listen();
  const applicationId = records.submit(records.newAccount());
  for (const request of ['requestNotice', 'requestManyNotices'] as const) records.refuse.set(request, 'not_found');
  const workflow = await pendingAt(applicationId);
  // Both together, and then each alone.
  const refused = ['requestManyNotices', 'requestNotice', 'requestNotice'];
  await eventually(() => expect(asked().filter((name) => name.includes('Notice'))).toEqual(refused));
  records.refuse.clear();
  await engine.decide(applicationId, records.decide(applicationId, 'approve'));
  await expect(workflow.result()).rejects.toMatchObject({ cause: { type: 'not_found' } });
  expect(records.status(applicationId)).toBe('fulfilled');
  expect(records.told(applicationId)).toEqual(['application_approved']);
});

describe('a refusal during provisioning', () => {
  it('undoes the steps in reverse order; the application failed with the refusal', async () => {
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

  it('of a change fails the application: there is nothing to undo', async () => {
    const applicationId = records.submit(change('change_datapoints'));
    records.refuse.set('applyChange', 'contract_refused');
    const asked = listen();
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    expect(await workflow.result()).toBe('failed');
    expect(asked().slice(4)).toEqual(['applyChange', 'failApplication', 'requestManyNotices']);
    await engine.keepHistory('application-change-failed', workflow);
  });

  it('of a change that licensing has made needs an operator: the workflow fails, the application does not', async () => {
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
  it('while the application is pending: it stays pending, and a decision starts the workflow again', async () => {
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

  it('while an approval waits for licensing: it stays pending, and started again, the workflow applies the approval', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    const workflow = await pendingAt(applicationId);
    records.out.add('licensing');
    const decisionId = records.decide(applicationId, 'approve');
    await engine.decide(applicationId, decisionId);
    await waitsFor(workflow, 'previewContract');
    await workflow.cancel();
    records.out.clear();
    await expect(workflow.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await engine.details(workflow)).toContain('It stays pending: nobody is reminded');
    expect([records.status(applicationId), records.outcome(decisionId)]).toEqual(['pending', 'recorded']);
    await engine.keepHistory('application-cancelled-while-settled', workflow);
    const again = await engine.lookAgainAt(applicationId);
    expect(await again.result()).toBe('fulfilled');
    expect(records.accounts.get(newAccount.accountId)).toBe('visible');
  });

  it('that comes together with an approval: it stays pending', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    await engine.stopWorker();
    await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await workflow.cancel();
    await engine.startWorker();
    await expect(workflow.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(records.status(applicationId)).toBe('pending');
    await engine.keepHistory('application-cancelled-while-decided', workflow);
    // A new worker knows the workflow only from its history.
    await engine.stopWorker();
    await engine.startWorker();
    expect(await engine.details(workflow)).toContain('It stays pending: nobody is reminded');
  });

  it('while a new account is provisioned: undoes it, and the application failed', async () => {
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

  it('while nobody knows whether the account was created: undoes it all the same', async () => {
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

  it('while a new account is made visible: comes too late', async () => {
    const newAccount = records.newAccount();
    const applicationId = records.submit(newAccount);
    records.before = (name) => {
      if (name === 'openSubscription') records.out.add('accounts');
    };
    const workflow = await engine.decide(applicationId, records.decide(applicationId, 'approve'));
    await waitsFor(workflow, 'fulfillApplication');
    await untilHandled(workflow, 'CANCEL_REQUESTED', () => workflow.cancel());
    records.out.clear();
    expect(await workflow.result()).toBe('fulfilled');
    expect(records.accounts.get(newAccount.accountId)).toBe('visible');
  });

  it('while a change is made: comes too late', async () => {
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

it('that an operator resets to any of its workflow tasks ends as before, and nobody is notified twice', async () => {
  const newAccount = records.newAccount();
  const applicationId = records.submit(newAccount);
  const workflow = await pendingAt(applicationId);
  await engine.decide(applicationId, records.decide(applicationId, 'approve'));
  await workflow.result();
  const { runId } = await workflow.describe();
  const told = records.told(applicationId);
  const tasks = await completedTasksOf(workflow);
  expect(tasks.length).toBeGreaterThan(1);
  for (const task of tasks) {
    const again = await engine.reset(workflow, runId, task);
    expect(await again.result()).toBe('fulfilled');
  }
  expect(records.accounts.get(newAccount.accountId)).toBe('visible');
  expect(records.told(applicationId)).toEqual(told);
});

describe('what operators see of an application', () => {
  it('is what it waits for, since when and until when', async () => {
    const applicationId = records.submit(records.newAccount());
    const { submittedAt } = records.applications.get(applicationId)!;
    const workflow = await pendingAt(applicationId);
    expect(await engine.details(workflow)).toBe(
      [
        `**Waiting for a decision by Customer Success** since ${minutes(submittedAt)}, until ${minutes(submittedAt + 30 * day)}.`,
        '',
        `- ${minutes(submittedAt + 2 * day)}: the reviewers are reminded`,
        `- ${minutes(submittedAt + 5 * day)}: their lead is notified`,
        `- ${minutes(submittedAt + 30 * day)}: the application lapses`,
      ].join('\n'),
    );
    expect(await engine.signals(workflow)).toEqual({
      decide: 'Settles the stored decision with this id. An unknown id changes nothing.',
      lookAgain: 'Reads the application again.',
    });
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
    // Pending, then fulfilled: a successful approval is not written in between.
    expect((await eventsOf(workflow)).filter((event) => event.startsWith('UPSERT'))).toHaveLength(2);
    expect(await engine.details(workflow)).toMatch(/^\*\*Ended as fulfilled\*\* at .* UTC\.$/);
  });

  it('includes a summary of the workflow, the timer and each step', async () => {
    const applicationId = records.submit(records.newAccount());
    const workflow = await pendingAt(applicationId);
    const { staticSummary } = await workflow.describe();
    expect(await staticSummary()).toBe(`Application ${applicationId}`);
    expect(await summariesIn(workflow)).toEqual([
      `Application ${applicationId}`,
      'Read the application',
      'Request notices',
      'Until the reviewers are reminded',
    ]);
    await workflow.terminate();
  });

  it('contains no personal data: what a refusal says about others stays out of the history', async () => {
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

  it('that accounts does not know fails immediately', async () => {
    const workflow = await engine.lookAgainAt(id());
    await expect(workflow.result()).rejects.toMatchObject({ cause: { type: 'not_found' } });
  });
});
