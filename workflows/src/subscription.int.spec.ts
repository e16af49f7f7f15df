import type { WorkflowHandle } from '@temporalio/client';
import { expireSubscription, refuse, type AskOf } from '@tenure/contracts';
import { eventually, testTemporal } from '@tenure/testing';
import { Engine, waitsFor } from './testing/engine.js';
import { eventsOf, makeLong, summariesIn, untilHeard } from './testing/histories.js';
import { minutes, sinceIn } from './testing/minutes.js';
import { Records } from './testing/records.js';

const day = 24 * 60 * 60 * 1_000;
/** A term of a year that began then has been over for a day or two, whether the year had 365 days or 366. */
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
    expect(await engine.details(workflow)).toContain(`**Sleeps until ${minutes(instant)}**`),
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
  it('sleeps through its year: three reminders, each when it is due, then the expiry; then it ends', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    const told: string[] = [];
    for (const kind of ['P1M', 'P7D', 'P0D', 'expired']) {
      expect(records.told(accountId)).toEqual(told);
      // In so long nobody who looks at it then comes too late.
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

  it('leaves 33 events behind for a whole term, and always sleeps on one timer', async () => {
    const accountId = records.openAccount();
    const workflow = await engine.startSubscription(accountId);
    // Asked of the history: a query would leave events of its own.
    await eventually(async () => expect(await eventsOf(workflow)).toContain('TIMER_STARTED'));
    await engine.moveSubscriptionTo(accountId, at(accountId, 'expired'));
    await workflow.result();
    const events = (await eventsOf(workflow)).filter(
      // Those of the moved clock.
      (event) => !/OPTIONS_UPDATED|TIME_SKIPPING/.test(event),
    );
    expect(events).toHaveLength(33);
    expect(events.filter((event) => event.startsWith('TIMER'))).toEqual(
      Array.from({ length: 4 }, () => ['TIMER_STARTED', 'TIMER_FIRED']).flat(),
    );
  });

  it('that is told to look again asks, and goes on sleeping on one timer', async () => {
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

it('that is told to look again while an answer is on its way to it asks once more', async () => {
  const accountId = records.openAccount();
  const workflow = await sleeping(accountId, 'P1M');
  records.out.add('licensing');
  await engine.lookAgainAtSubscription(accountId);
  await waitsFor(workflow, 'getTimeline');
  records.after = async (name) => {
    if (name !== 'getManyTimelines') return;
    records.after = () => {};
    records.subscriptions.get(accountId)!.datapoints = 150;
    await untilHeard(workflow, 'SIGNALED', () => engine.lookAgainAtSubscription(accountId));
  };
  records.out.clear();
  await eventually(async () => expect(await engine.details(workflow)).toContain('150 datapoints'));
  await workflow.terminate();
});

it('whose account changes so often that its history is too long for the engine goes on in another run: nothing is told twice, nor missed', async () => {
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
  it('before the expiry: the next term is a run of its own, and no more is told of the old one', async () => {
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

  it('sent in time and not decided: the account works on for the 15 days, and is renewed in them without losing a day', async () => {
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

  it('rejected after the expiry: the account has expired at once, and that is told', async () => {
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

  it('after the expiry starts it again', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - overAYear });
    await (await engine.startSubscription(accountId)).result();
    expect(records.told(accountId).at(-1)).toBe('subscription_expired');
    records.approve(askForRenewal(accountId));
    const again = await engine.lookAgainAtSubscription(accountId);
    await sleepsUntil(again, at(accountId, 'P1M'));
    expect(records.subscriptions.get(accountId)?.term).toMatchObject({ number: 2, monthsBefore: 0 });
    await again.terminate();
  });

  it('that comes while the expiry is recorded: the account works on, and nothing is told', async () => {
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

it('whose clock is ahead of licensing’s waits as much longer at each moment, and tells of each when it has come', async () => {
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

it('whose expiry was asked for before a renewal was heard of has it asked for once more when it stops', async () => {
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

it('that was renewed while notifications could not be told of its expiry goes on with the next term', async () => {
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

describe('moments that nobody saw', () => {
  it('while the workers were down: the latest that holds is told, older ones are put on record as skipped', async () => {
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

  it('of a term that has begun meanwhile as well: they are asked for once, though the run of that term looks again', async () => {
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

  it('of a term that is renewed while one of them waits for notifications: no more is told of it', async () => {
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

  it('and the expiry with them: no reminder is told any more, the expiry is', async () => {
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

  it('and that end for licensing while the expiry is asked for: it is asked for again, and recorded before it is told', async () => {
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

  it('for more than a week: the expiry is recorded, and not told', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - 400 * day });
    await (await engine.startSubscription(accountId)).result();
    expect(records.told(accountId).at(-1)).toBe('subscription_expired skipped: stale');
    expect(records.subscriptions.get(accountId)?.expired).toEqual([1]);
  });

  it('of an account that was imported expired: nothing is told', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - overAYear, importedExpired: true });
    await (await engine.startSubscription(accountId)).result();
    expect(records.told(accountId).filter((notice) => !notice.includes('skipped'))).toEqual([]);
  });

  it('are told once, however often it is started from the records', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - overAYear });
    await (await engine.startSubscription(accountId)).result();
    const told = records.told(accountId);
    await (await engine.lookAgainAtSubscription(accountId)).result();
    expect(records.told(accountId)).toEqual(told);
  });
});

describe('an outage', () => {
  it('of notifications that ends before it is asked again: the look does not wait, and the workflow asks once more', async () => {
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

  it('of notifications: the reminder waits for it, and is told with the time at which it was due', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    records.out.add('notifications');
    const due = at(accountId, 'P1M');
    const moved = engine.moveSubscriptionTo(accountId, due + 1_000);
    await waitsFor(workflow, 'requestNotice');
    expect(await engine.details(workflow)).toContain('**The service notifications does not answer**');
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
        `**Sleeps until ${minutes(at(accountId, 'P1M'))}**, since ${sinceIn(seen, startTime)}. Then the reminder 1 month before the last day is due.`,
        '',
        `- Term 1: ${records.term(accountId).firstDay} to ${records.term(accountId).expiresOn}`,
        `- Works until: ${minutes(at(accountId, 'expired'))}`,
        '- License: basic, 100 datapoints',
      ].join('\n'),
    );
    expect((await summariesIn(workflow)).at(-1)).toBe('Until the reminder 1 month before the last day is due');
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

  it('says, when an operator has cancelled it, that nobody is told any more, and a change starts it again', async () => {
    const accountId = records.openAccount();
    const workflow = await sleeping(accountId, 'P1M');
    await workflow.cancel();
    await expect(workflow.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await engine.details(workflow)).toContain('nobody is told of what is due');
    await engine.keepHistory('subscription-cancelled', workflow);
    const again = await engine.lookAgainAtSubscription(accountId);
    await sleepsUntil(again, at(accountId, 'P1M'));
    await again.terminate();
  });

  it('says, when it has ended, that a renewal starts it again', async () => {
    const accountId = records.openAccount({ decidedAt: Date.now() - overAYear });
    const workflow = await engine.startSubscription(accountId);
    await workflow.result();
    expect(await engine.details(workflow)).toContain('A renewal starts it again.');
  });
});

it('of an account that licensing does not know fails at once', async () => {
  const workflow = await engine.startSubscription(records.organizationId);
  await expect(workflow.result()).rejects.toMatchObject({ cause: { type: 'not_found' } });
});
