import type { WorkflowHandle } from '@temporalio/client';
import { expireSubscription, refuse, type AskOf } from '@tenure/contracts';
import { eventually, testTemporal } from '@tenure/testing';
import { Engine, waitsFor } from './testing/engine.js';
import { completedTasksOf, eventsOf, makeLong, summariesIn, untilHandled } from './testing/histories.js';
import { minutes, sinceIn } from './testing/minutes.js';
import { Records } from './testing/records.js';

const day = 24 * 60 * 60 * 1_000;
/** A one-year term that began this long ago has been over for a day or two, whether the year had 365 or 366 days. */
const overAYear = 367 * day;

let records: Records;
let engine: Engine;
beforeAll(async () => {
  records = new Records();
  engine = await Engine.start(records, await testTemporal());
});
afterEach(() => records.settle());
afterAll(() => engine?.close());

/** When the moment of the current term is due. */
function at(accountId: string, kind: string): number {
  return records
    .timeline(accountId)
    .find((moment) => moment.kind === kind)!
    .at.getTime();
}
function sleepsUntil(workflow: WorkflowHandle, instant: number): Promise<void> {
  return eventually(async () =>
    expect(await engine.details(workflow)).toContain(`**Sleeping until ${minutes(instant)}**`),
  );
}
async function sleeping(accountId: string, kind: string): Promise<WorkflowHandle> {
  const workflow = await engine.startSubscription(accountId);
  await sleepsUntil(workflow, at(accountId, kind));
  return workflow;
}
function askForRenewal(accountId: string, submittedAt = Date.now()): string {
  return records.submit({ type: 'renew_subscription', accountId, months: 12 }, submittedAt);
}

describe('a subscription', () => {
  it('sleeps through its year: requests three reminders, each when due, then the expiry, and ends', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    const told: string[] = [];
    for (const kind of ['P1M', 'P7D', 'P0D', 'expired']) {
      expect(records.told(accountId)).toEqual(told);
      // Far enough ahead that no check comes too late.
      await engine.moveSubscriptionTo(accountId, at(accountId, kind) - 10 * 60_000);
      expect(records.told(accountId)).toEqual(told);
      await engine.moveSubscriptionTo(accountId, at(accountId, kind));
      told.push(kind === 'expired' ? 'subscription_expired' : `reminder ${kind}`);
      await eventually(() => expect(records.told(accountId)).toEqual(told));
    }
    await workflow.result();
    expect(records.notices.filter(({ key }) => key.startsWith(accountId))).toEqual(
      ['P1M', 'P7D', 'P0D', 'expired'].map((kind) =>
        expect.objectContaining({
          ...{ key: `${accountId}/1/${kind}`, accountId, organizationId: records.organizationId, termNumber: 1 },
          dueAt: new Date(at(accountId, kind)).toISOString(),
          skip: null,
        }),
      ),
    );
    expect(records.subscriptions.get(accountId)?.expired).toEqual([1]);
    await engine.keepHistory('subscription-year', workflow);
  });

  it('leaves 33 history events for a whole term, and always sleeps on one timer', async () => {
    const accountId = records.openAccount();
    const workflow = await engine.startSubscription(accountId);
    // Read from the history: a query would add events of its own.
    await eventually(async () => expect(await eventsOf(workflow)).toContain('TIMER_STARTED'));
    await engine.moveSubscriptionTo(accountId, at(accountId, 'expired'));
    await workflow.result();
    const events = (await eventsOf(workflow)).filter(
      // Events of the moved clock.
      (event) => !/OPTIONS_UPDATED|TIME_SKIPPING/.test(event),
    );
    expect(events).toHaveLength(33);
    expect(events.filter((event) => event.startsWith('TIMER'))).toEqual(
      Array.from({ length: 4 }, () => ['TIMER_STARTED', 'TIMER_FIRED']).flat(),
    );
  });

  it('that is signaled to look again asks licensing, and continues to sleep on one timer', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    await engine.keepHistory('subscription-asleep', workflow);
    for (const datapoints of [150, 200]) {
      records.subscriptions.get(accountId)!.datapoints = datapoints;
      await engine.lookAgainAtSubscription(accountId);
      await eventually(async () => expect(await engine.details(workflow)).toContain(`${datapoints} datapoints`));
    }
    const timers = (await eventsOf(workflow)).filter((event) => event.startsWith('TIMER'));
    expect(timers.filter((event) => event === 'TIMER_STARTED').length).toBe(
      timers.filter((event) => event === 'TIMER_CANCELED').length + 1,
    );
    await engine.keepHistory('subscription-told-to-look-again', workflow);
    await workflow.terminate();
  });
});

it('asks again when it is signaled to look again while an answer is in flight', async () => {
  const accountId = records.openAccount();
  const workflow = await sleeping(accountId, 'P1M');
  records.out.add('licensing');
  await engine.lookAgainAtSubscription(accountId);
  await waitsFor(workflow, 'getTimeline');
  records.after = async (name) => {
    if (name !== 'getManyTimelines') return;
    records.after = () => {};
    records.subscriptions.get(accountId)!.datapoints = 150;
    await untilHandled(workflow, 'SIGNALED', () => engine.lookAgainAtSubscription(accountId));
  };
  records.out.clear();
  await eventually(async () => expect(await engine.details(workflow)).toContain('150 datapoints'));
  await workflow.terminate();
});

it('continues as a new run when frequent changes make its history too long, without repeating or missing a notice', async () => {
  const accountId = records.openAccount();
  const workflow = await sleeping(accountId, 'P1M');
  await engine.moveSubscriptionTo(accountId, at(accountId, 'P1M'));
  await sleepsUntil(workflow, at(accountId, 'P7D'));
  const { runId } = await workflow.describe();
  const from = records.asked.length;
  await engine.stopWorker();
  records.subscriptions.get(accountId)!.datapoints = 150;
  await makeLong(workflow);
  await engine.startWorker();
  await eventually(async () => expect(await engine.details(workflow)).toContain('150 datapoints'));
  const first = engine.client.workflow.getHandle(workflow.workflowId, runId);
  expect((await eventsOf(first)).at(-1)).toBe('WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
  await engine.keepHistory('subscription-handed-on', first);
  expect(records.asked.slice(from)).toEqual(['getManyTimelines']);
  await engine.moveSubscriptionTo(accountId, at(accountId, 'P7D'));
  await eventually(() => expect(records.told(accountId)).toEqual(['reminder P1M', 'reminder P7D']));
  await workflow.terminate();
});

describe('a renewal', () => {
  it('before the expiry: the next term is a run of its own, and the old term gets no more notices', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    await engine.moveSubscriptionTo(accountId, at(accountId, 'P1M'));
    await eventually(() => expect(records.told(accountId)).toEqual(['reminder P1M']));
    const firstRun = engine.client.workflow.getHandle(workflow.workflowId, (await workflow.describe()).runId);
    const firstTerm = { P7D: at(accountId, 'P7D'), expired: at(accountId, 'expired') };
    records.approve(askForRenewal(accountId, firstTerm.P7D - 2 * day), firstTerm.P7D - day);
    await engine.lookAgainAtSubscription(accountId);
    await sleepsUntil(workflow, at(accountId, 'P1M'));
    expect((await eventsOf(firstRun)).at(-1)).toBe('WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
    await engine.keepHistory('subscription-continued', firstRun);

    await engine.moveSubscriptionTo(accountId, firstTerm.expired + day);
    expect(records.told(accountId)).toEqual(['reminder P1M']);
    await engine.moveSubscriptionTo(accountId, at(accountId, 'P1M'));
    await eventually(() => expect(records.told(accountId)).toEqual(['reminder P1M', 'reminder P1M']));
    expect(records.notices.map(({ key }) => key).filter((key) => key.startsWith(accountId))).toEqual([
      `${accountId}/1/P1M`,
      `${accountId}/2/P1M`,
    ]);
    await engine.keepHistory('subscription-second-term', engine.client.workflow.getHandle(workflow.workflowId));
    await workflow.terminate();
  });

  it('sent in time and not decided: the account keeps working for the 15 days, and can be renewed in them without losing a day', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    const lastDay = at(accountId, 'P0D');
    const expiresAt = at(accountId, 'expired');
    const applicationId = askForRenewal(accountId, lastDay);
    await engine.lookAgainAtSubscription(accountId);
    await eventually(async () => expect(await engine.details(workflow)).toContain('A renewal is pending'));
    await engine.moveSubscriptionTo(accountId, lastDay);
    await eventually(() => expect(records.told(accountId)).toEqual(['reminder P1M', 'reminder P7D', 'reminder P0D']));
    await sleepsUntil(workflow, at(accountId, 'expired'));
    expect(at(accountId, 'expired')).toBeGreaterThan(expiresAt + 14 * day);
    await engine.keepHistory('subscription-in-grace', workflow);

    await engine.moveSubscriptionTo(accountId, expiresAt + 3 * day);
    expect(records.told(accountId)).toHaveLength(3);
    records.approve(applicationId, expiresAt + 3 * day);
    await engine.lookAgainAtSubscription(accountId);
    await sleepsUntil(workflow, at(accountId, 'P1M'));
    expect(records.subscriptions.get(accountId)?.term).toMatchObject({ number: 2, monthsBefore: 12 });
    await workflow.terminate();
  });

  it('rejected after the expiry: the account expires immediately, with a notice', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    const expiresAt = at(accountId, 'expired');
    const applicationId = askForRenewal(accountId, expiresAt - day);
    await engine.lookAgainAtSubscription(accountId);
    await engine.moveSubscriptionTo(accountId, expiresAt + 2 * day);
    expect(records.told(accountId)).not.toContain('subscription_expired');
    records.reject(applicationId);
    await engine.lookAgainAtSubscription(accountId);
    await workflow.result();
    expect(records.told(accountId).at(-1)).toBe('subscription_expired');
    await engine.keepHistory('subscription-renewal-rejected-in-grace', workflow);
  });

  it('after the expiry starts the workflow again', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - overAYear });
    await (await engine.startSubscription(accountId)).result();
    expect(records.told(accountId).at(-1)).toBe('subscription_expired');
    records.approve(askForRenewal(accountId));
    const again = await engine.lookAgainAtSubscription(accountId);
    await sleepsUntil(again, at(accountId, 'P1M'));
    expect(records.subscriptions.get(accountId)?.term).toMatchObject({ number: 2, monthsBefore: 0 });
    await again.terminate();
  });

  it('that arrives while the expiry is recorded: the account keeps working, and no notice is sent', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - overAYear });
    const expiresAt = at(accountId, 'expired');
    records.before = (name) => {
      if (name !== 'expireSubscription') return;
      records.before = () => {};
      askForRenewal(accountId, expiresAt - 60_000);
    };
    const workflow = await engine.startSubscription(accountId);
    await eventually(() => expect(at(accountId, 'expired')).toBeGreaterThan(expiresAt));
    await sleepsUntil(workflow, at(accountId, 'expired'));
    expect(await engine.details(workflow)).toContain(`Works until: ${minutes(at(accountId, 'expired'))}`);
    expect(records.told(accountId)).not.toContain('subscription_expired');
    await workflow.terminate();
  });
});

it('waits correspondingly longer at each moment when its clock is ahead of licensing’s, and notifies of each when it is due', async () => {
  const accountId = records.openAccount();
  const workflow = await sleeping(accountId, 'P1M');
  records.workflowsAhead = 10 * 60_000;
  const told: string[] = [];
  for (const kind of ['P1M', 'P7D', 'P0D', 'expired']) {
    await engine.moveSubscriptionTo(accountId, at(accountId, kind));
    await sleepsUntil(workflow, at(accountId, kind) + records.workflowsAhead);
    expect(records.told(accountId)).toEqual(told);
    await engine.moveSubscriptionTo(accountId, at(accountId, kind) + records.workflowsAhead);
    told.push(kind === 'expired' ? 'subscription_expired' : `reminder ${kind}`);
    await eventually(() => expect(records.told(accountId)).toEqual(told));
  }
  await workflow.result();
  expect(records.subscriptions.get(accountId)?.expired).toEqual([1]);
});

it('requests the expiry notice once more at the later expiry when a renewal arrived after the first request', async () => {
  const accountId = records.openAccount({ decidedAt: Date.now() - overAYear });
  const expiresAt = at(accountId, 'expired');
  records.before = (name) => {
    if (name === 'expireSubscription') records.out.add('notifications');
  };
  const workflow = await engine.startSubscription(accountId);
  await waitsFor(workflow, 'requestNotice');
  askForRenewal(accountId, expiresAt - 60_000);
  await engine.lookAgainAtSubscription(accountId);
  records.settle();
  await sleepsUntil(workflow, at(accountId, 'expired'));
  const askedFor = () => records.asked.filter((name) => name === 'requestNotice').length;
  const before = askedFor();
  await engine.moveSubscriptionTo(accountId, at(accountId, 'expired'));
  await workflow.result();
  expect(askedFor()).toBe(before + 1);
});

it('continues with the next term when renewed while notifications was unreachable for its expiry', async () => {
  const accountId = records.openAccount({ decidedAt: Date.now() - overAYear });
  records.before = (name) => {
    if (name === 'expireSubscription') records.out.add('notifications');
  };
  const workflow = await engine.startSubscription(accountId);
  await waitsFor(workflow, 'requestNotice');
  records.approve(askForRenewal(accountId));
  await engine.lookAgainAtSubscription(accountId);
  records.out.clear();
  await sleepsUntil(workflow, at(accountId, 'P1M'));
  expect(records.told(accountId).at(-1)).toBe('subscription_expired');
  await workflow.terminate();
});

it('continues with its current term when an operator resets the run of an earlier one', async () => {
  const accountId = records.openAccount();
  const workflow = await sleeping(accountId, 'P1M');
  const { runId } = await workflow.describe();
  const firstRun = engine.client.workflow.getHandle(workflow.workflowId, runId);
  records.approve(askForRenewal(accountId));
  await engine.lookAgainAtSubscription(accountId);
  await sleepsUntil(workflow, at(accountId, 'P1M'));
  const [firstTask] = await completedTasksOf(firstRun);
  await engine.reset(workflow, runId, firstTask!);
  await sleepsUntil(workflow, at(accountId, 'P1M'));
  expect(records.told(accountId)).toEqual([]);
  await workflow.terminate();
});

describe('missed moments', () => {
  it('while the workers were down: the latest one that still holds is sent, older ones are recorded as skipped', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    await engine.stopWorker();
    records.ahead = at(accountId, 'P7D') + 2 * day - Date.now();
    await engine.lookAgainAtSubscription(accountId);
    await engine.startWorker();
    await eventually(() =>
      expect(records.told(accountId)).toEqual(['reminder P1M skipped: superseded', 'reminder P7D']),
    );
    await sleepsUntil(workflow, at(accountId, 'P0D'));
    await engine.keepHistory('subscription-after-an-outage', workflow);
    await workflow.terminate();
  });

  it('of a term that has begun meanwhile: are requested once, although that term’s run looks again', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    await engine.stopWorker();
    records.approve(askForRenewal(accountId));
    records.ahead = at(accountId, 'P7D') + 2 * day - Date.now();
    const from = records.asked.length;
    await engine.lookAgainAtSubscription(accountId);
    await engine.startWorker();
    await sleepsUntil(workflow, at(accountId, 'P0D'));
    expect(records.told(accountId)).toEqual(['reminder P1M skipped: superseded', 'reminder P7D']);
    expect(records.asked.slice(from)).toEqual(['getManyTimelines', 'requestManyNotices', 'getManyTimelines']);
    await workflow.terminate();
  });

  it('of a term that is renewed while one of them waits for notifications: the others are not sent', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    await engine.stopWorker();
    const renewedAt = at(accountId, 'P7D') + 2 * day;
    records.ahead = renewedAt - Date.now();
    records.out.add('notifications');
    await engine.lookAgainAtSubscription(accountId);
    await engine.startWorker();
    await waitsFor(workflow, 'requestNotice');
    records.approve(askForRenewal(accountId, renewedAt), renewedAt);
    await engine.lookAgainAtSubscription(accountId);
    records.out.clear();
    await sleepsUntil(workflow, at(accountId, 'P1M'));
    expect(records.told(accountId)).toEqual(['reminder P1M skipped: superseded']);
    await workflow.terminate();
  });

  it('including the expiry: no reminder is sent anymore, the expiry is', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - overAYear });
    const workflow = await engine.startSubscription(accountId);
    await workflow.result();
    expect(records.told(accountId)).toEqual([
      'reminder P1M skipped: expired',
      'reminder P7D skipped: expired',
      'reminder P0D skipped: expired',
      'subscription_expired',
    ]);
    expect(records.subscriptions.get(accountId)?.expired).toEqual([1]);
    await engine.keepHistory('subscription-overdue', workflow);
  });

  it('that include an expiry that licensing does not see yet: it is requested again, and recorded before the notice', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - overAYear });
    const justBefore = new Date(at(accountId, 'expired') - 1).toISOString();
    const { ask } = records;
    records.ask = (message, body) => {
      if (message.name !== expireSubscription.name) return ask.call(records, message, body) as never;
      records.ask = ask;
      return records.ask(message, { ...(body as AskOf<typeof expireSubscription>), asOf: justBefore } as typeof body);
    };
    await (await engine.startSubscription(accountId)).result();
    expect(records.subscriptions.get(accountId)?.expired).toEqual([1]);
    expect(records.told(accountId).at(-1)).toBe('subscription_expired');
  });

  it('older than a week: the expiry is recorded, without a notice', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - 400 * day });
    await (await engine.startSubscription(accountId)).result();
    expect(records.told(accountId).at(-1)).toBe('subscription_expired skipped: stale');
    expect(records.subscriptions.get(accountId)?.expired).toEqual([1]);
  });

  it('of an account that was imported expired: no notice is sent', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - overAYear, importedExpired: true });
    await (await engine.startSubscription(accountId)).result();
    expect(records.told(accountId).filter((notice) => !notice.includes('skipped'))).toEqual([]);
  });

  it('are sent once, however often the workflow is started from the records', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - overAYear });
    await (await engine.startSubscription(accountId)).result();
    const told = records.told(accountId);
    await (await engine.lookAgainAtSubscription(accountId)).result();
    expect(records.told(accountId)).toEqual(told);
  });
});

describe('an outage', () => {
  it('of notifications that ends before the retry: the look does not wait, and the workflow requests the notice once more', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    records.before = (name) => {
      if (name !== 'requestManyNotices') return;
      records.before = () => {};
      throw refuse('timeout', 'No answer in time.');
    };
    await engine.moveSubscriptionTo(accountId, at(accountId, 'P1M'));
    await eventually(() => expect(records.told(accountId)).toEqual(['reminder P1M']));
    await sleepsUntil(workflow, at(accountId, 'P7D'));
    expect(records.asked.slice(-2)).toEqual(['getManyTimelines', 'requestNotice']);
    await engine.keepHistory('subscription-asked-once-more', workflow);
    await workflow.terminate();
  });

  it('of notifications: the reminder waits for it, and keeps the time at which it was due', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    records.out.add('notifications');
    const due = at(accountId, 'P1M');
    const moved = engine.moveSubscriptionTo(accountId, due + 1_000);
    await waitsFor(workflow, 'requestNotice');
    expect(await engine.details(workflow)).toMatch(
      /^\*\*The service notifications does not answer\*\*[^]*\*\*Requesting the reminder 1 month before the last day\*\*/,
    );
    await engine.keepHistory('subscription-notifications-out-of-reach', workflow);
    records.out.clear();
    await moved;
    await eventually(() => expect(records.told(accountId)).toEqual(['reminder P1M']));
    expect(records.notices.at(-1)?.dueAt).toBe(new Date(due).toISOString());
    await workflow.terminate();
  });
});

describe('what operators see of a subscription', () => {
  it('is what it sleeps for, since when and until when', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    const { startTime } = await workflow.describe();
    const seen = await engine.details(workflow);
    expect(seen).toBe(
      [
        `**Sleeping until ${minutes(at(accountId, 'P1M'))}** since ${sinceIn(seen, startTime)}. Then the reminder 1 month before the last day is due.`,
        '',
        `- Term 1: ${records.term(accountId).firstDay} to ${records.term(accountId).expiresOn}`,
        `- Works until: ${minutes(at(accountId, 'expired'))}`,
        '- License: basic, 100 datapoints',
        '- If canceled: no notices are sent until something changes; the account expires all the same',
      ].join('\n'),
    );
    expect((await summariesIn(workflow)).at(-1)).toBe('Until the reminder 1 month before the last day is due');
    await workflow.terminate();
  });

  it('is what its signal does, in the runs of later terms too: those have no static details', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    records.approve(askForRenewal(accountId), Date.now());
    await engine.lookAgainAtSubscription(accountId);
    await sleepsUntil(workflow, at(accountId, 'P1M'));
    expect(await (await workflow.describe()).staticDetails()).toBeUndefined();
    expect(await engine.signals(workflow)).toEqual({
      lookAgain: 'Fetches the timeline from licensing again, and does what is due.',
    });
    await workflow.terminate();
  });

  it('can be searched by account, organization, license and last day, and is kept up to date', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    const found = {
      AccountId: accountId,
      OrganizationId: records.organizationId,
      ExpiresOn: `${records.term(accountId).expiresOn}T00:00:00.000Z`,
    };
    expect(await engine.searchAttributes(workflow)).toEqual({ ...found, License: 'basic' });
    records.subscriptions.get(accountId)!.license = 'plus';
    await engine.lookAgainAtSubscription(accountId);
    await eventually(async () => expect(await engine.details(workflow)).toContain('License: plus'));
    await eventually(async () =>
      expect(await engine.searchAttributes(workflow)).toEqual({ ...found, License: 'plus' }),
    );
    await workflow.terminate();
  });

  it('says after a cancellation by an operator that no notices are sent, and a change starts it again', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    await workflow.cancel();
    await expect(workflow.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await engine.details(workflow)).toContain('no notices are sent until something changes');
    await engine.keepHistory('subscription-cancelled', workflow);
    const again = await engine.lookAgainAtSubscription(accountId);
    await sleepsUntil(again, at(accountId, 'P1M'));
    await again.terminate();
  });

  it('says so too if licensing did not answer when it was canceled', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    records.out.add('licensing');
    await engine.lookAgainAtSubscription(accountId);
    await waitsFor(workflow, 'getTimeline');
    await workflow.cancel();
    await expect(workflow.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await engine.details(workflow)).toMatch(/^\*\*Canceled\*\*[^]*no notices are sent until something changes/);
  });

  it('says, once it has ended, that a renewal starts it again', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - overAYear });
    const workflow = await engine.startSubscription(accountId);
    await workflow.result();
    expect(await engine.details(workflow)).toContain('A renewal starts this workflow again.');
  });

  it('is in which lines it waits, each with two callers at most: every line takes time in every task', async () => {
    const workflow = await sleeping(records.openAccount(), 'P1M');
    const traces = (await workflow.query<string>('__stack_trace')).split('\n\n').map((trace) => trace.split('\n'));
    expect(Math.max(...traces.map(({ length }) => length))).toBe(3);
    expect(traces.map(([line]) => /\/workflows\/src\/(.+\.ts):\d+:/.exec(line!)?.[1])).toEqual(
      expect.arrayContaining(['workflow/wait.ts', 'subscription.ts']),
    );
    await workflow.terminate();
  });
});

it('fails immediately for an account that licensing does not know', async () => {
  const workflow = await engine.startSubscription(records.organizationId);
  await expect(workflow.result()).rejects.toMatchObject({ cause: { type: 'not_found' } });
});
