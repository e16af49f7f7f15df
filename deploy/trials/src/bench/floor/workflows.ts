import { condition, defineSignal, proxyLocalActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Activities, Step } from './activities.js';

/**
 * The floor: a pair of workflows of the same shape as Tenure's, without services. It is the least that an application
 * can cost Temporal: the same signals, timers and local activities, with immediate answers and nothing else (no search
 * attributes, no details for operators).
 */
const { answer } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '2s',
  scheduleToCloseTimeout: '5s',
  retry: { maximumAttempts: 2, initialInterval: '100ms' },
});
/** Without a limit on waiting for its turn, because the bench would wait forever for an activity that gave up. */
const { woke } = proxyLocalActivities<Activities>({ startToCloseTimeout: '1m' });

const decide = defineSignal<[string]>('decide');
const lookAgain = defineSignal('lookAgain');

const afterTheDecision: readonly Step[] = [
  'inspectDecision',
  'previewContract',
  'settleDecision',
  'createAccount',
  'openSubscription',
  'fulfillApplication',
  'requestNotice',
];

/** From the application's start to the notice that its new account was approved. */
export async function application(): Promise<void> {
  const decisions: string[] = [];
  setHandler(decide, (decisionId) => void decisions.push(decisionId));
  setHandler(lookAgain, () => {});
  await answer('inspectApplication');
  await condition(() => decisions.length > 0, '2 days');
  for (const step of afterTheDecision) await answer(step);
}

/** Asks what is due and sleeps for most of a year. */
export async function subscription(): Promise<void> {
  let told = false;
  setHandler(lookAgain, () => {
    told = true;
  });
  await answer('getTimeline');
  await condition(() => told, '334 days');
}

/**
 * Sleeps until an instant, reports that it woke and sleeps on, as a subscription does: ending would cost Temporal more.
 */
export async function sleeper(until: number): Promise<void> {
  await condition(() => false, until - Date.now());
  await woke(workflowInfo().workflowId);
  await condition(() => false, '30 days');
}
