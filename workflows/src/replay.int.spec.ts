import path from 'node:path';
import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflows, workflowBundle } from './bundle.js';
import { recordedHistories } from './testing/histories.js';
import { installRuntime } from './worker/runtime.js';

const histories = recordedHistories();

// Each refused replay would log a warning.
installRuntime('ERROR');

/** The outcome of each history's replay, by its name: null where the replay matched. One worker replays all of them. */
async function replay(options: ReplayWorkerOptions, all: typeof histories): Promise<Record<string, Error | null>> {
  const ends: Record<string, Error | null> = {};
  const named = all.map(({ name, history }) => ({ workflowId: name, history }));
  for await (const { workflowId, error } of Worker.runReplayHistories(options, named)) ends[workflowId] = error ?? null;
  return ends;
}

/** Workflows that sleep for a year are replayed by next year's code, which must still produce what they have done. */
describe('the histories of earlier runs', () => {
  let ends: Record<string, Error | null>;
  beforeAll(async () => {
    const { codePath } = await workflowBundle();
    ends = await replay({ workflowBundle: { codePath } }, histories);
  });

  it('exist for each branch, including workflows that are still open', () =>
    expect(histories.map(({ name }) => name)).toEqual([
      'application-approved-at-once',
      'application-approved-with-notifications-out-of-reach',
      'application-cancelled-while-decided-undone',
      'application-cancelled-while-decided',
      'application-cancelled-while-pending',
      'application-cancelled-while-provisioned',
      'application-cancelled-while-settled-undone',
      'application-cancelled-while-settled',
      'application-change-failed',
      'application-change_datapoints-approved',
      'application-change_license-approved',
      'application-decided-before-its-lapse',
      'application-decision-after-withdrawal',
      'application-handed-on',
      'application-lapsed-by-a-clock-ahead',
      'application-lapsed-overdue',
      'application-lapsed',
      'application-licensing-back',
      'application-licensing-out-of-reach',
      'application-new-account-approved',
      'application-notifications-out-of-reach',
      'application-pending',
      'application-refused-at-once',
      'application-refused-then-approved',
      'application-rejected',
      'application-reminded',
      'application-reminder-out-of-reach',
      'application-renewal-approved',
      'application-signalled-while-it-was-settled',
      'application-two-decisions',
      'application-undone',
      'application-unknown-decision',
      'application-withdrawn',
      'policy-change-applied',
      'policy-change-cancelled',
      'policy-change-continued',
      'policy-change-handed-on',
      'policy-change-licensing-out-of-reach',
      'policy-change-stopped',
      'policy-change-superseded',
      'subscription-after-an-outage-looked-then-told',
      'subscription-after-an-outage',
      'subscription-asked-once-more',
      'subscription-asleep',
      'subscription-cancelled',
      'subscription-continued-looked-then-told',
      'subscription-continued',
      'subscription-handed-on',
      'subscription-in-grace-looked-then-told',
      'subscription-in-grace',
      'subscription-notifications-out-of-reach-looked-then-told',
      'subscription-notifications-out-of-reach',
      'subscription-overdue-looked-then-told',
      'subscription-overdue',
      'subscription-renewal-rejected-in-grace-looked-then-told',
      'subscription-renewal-rejected-in-grace',
      'subscription-second-term-looked-then-told',
      'subscription-second-term',
      'subscription-told-to-look-again',
      'subscription-year-looked-then-told',
      'subscription-year',
    ]));

  it.each(histories)('$name is replayed by the current workflows', ({ name }) => expect(ends[name]).toBeNull());
});

describe('a deliberately changed workflow', () => {
  const names = [
    ...['application-pending', 'application-new-account-approved', 'subscription-asleep', 'subscription-year'],
    ...['policy-change-applied', 'policy-change-stopped'],
  ];
  let ends: Record<string, Error | null>;
  beforeAll(async () => {
    const changed = path.join(import.meta.dirname, 'testing/changed-workflows.ts');
    const known = histories.filter(({ name }) => names.includes(name));
    ends = await replay({ workflowBundle: await bundleWorkflows(changed) }, known);
  });

  it.each(names)('fails the replay of %s, which proves that the check works', (name) =>
    expect(ends[name]).toBeInstanceOf(DeterminismViolationError),
  );
});
