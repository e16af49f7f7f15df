import {
  ActivityFailure,
  ApplicationFailure,
  getCurrentDetails,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  type ActivityOptions,
  type LocalActivityOptions,
} from '@temporalio/workflow';
import type { Problem } from '@tenure/contracts';
import type { Activities } from '../activities/requests.js';
import { writeSearchAttributes } from './search-attributes.js';
import { now, readable } from './time.js';

/** An activity's summary for operators, and the service that it needs. */
const purposes: Record<ActivityName, { service: string; summary: string }> = {
  inspectApplication: { service: 'accounts', summary: 'Read the application' },
  inspectDecision: { service: 'accounts', summary: 'Read the decision' },
  settleDecision: { service: 'accounts', summary: 'Settle the decision' },
  lapseApplication: { service: 'accounts', summary: 'Let the application lapse' },
  createAccount: { service: 'accounts', summary: 'Create the account' },
  fulfillApplication: { service: 'accounts', summary: 'Make what was approved visible' },
  discardAccount: { service: 'accounts', summary: 'Undo: discard the account' },
  failApplication: { service: 'accounts', summary: 'Record that the application failed' },
  previewContract: { service: 'licensing', summary: 'Check whether the application can be approved' },
  openSubscription: { service: 'licensing', summary: 'Open the subscription' },
  applyChange: { service: 'licensing', summary: 'Apply the change' },
  cancelSubscription: { service: 'licensing', summary: 'Undo: cancel the subscription' },
  getTimeline: { service: 'licensing', summary: 'Fetch the timeline and request the notices that are due' },
  expireSubscription: { service: 'licensing', summary: 'Record the expiry' },
  advancePolicyChange: { service: 'licensing', summary: 'Move the next batch of subscriptions' },
  requestManyNotices: { service: 'notifications', summary: 'Request notices' },
  requestNotice: { service: 'notifications', summary: 'Request a notice' },
};

/** Short, because signals wait while a local activity runs. Each attempt times out after two seconds. */
const atOnce: LocalActivityOptions = {
  scheduleToCloseTimeout: '5s',
  retry: { maximumAttempts: 2, initialInterval: '100ms' },
};
/** Retries without limit: an outage is no reason to fail an application. */
const untilAnswered: ActivityOptions = { startToCloseTimeout: '10s', retry: { maximumInterval: '1m' } };

/**
 * Requests to the services. Each request runs first as a local activity, which is fast and adds little to the history;
 * if that does not get through, it runs as a regular activity, which is retried until it succeeds and which operators
 * see as pending.
 * @throws ApplicationFailure when the service's domain refuses; `refusalOf` reads the problem. CancelledFailure.
 */
export const ask = Object.fromEntries(
  Object.keys(purposes).map((name) => [name, (body: unknown) => request(name as ActivityName, body)]),
) as unknown as Activities;

/**
 * Not `async`: Temporal captures a stack trace for each promise of a workflow, and every request passes through here.
 */
function request(name: ActivityName, body: unknown): Promise<unknown> {
  return once(name, body).catch((error: unknown) => afterFailure(error, name, body));
}

function once(name: ActivityName, body: unknown): Promise<unknown> {
  const { summary } = purposes[name];
  return proxyLocalActivities<Untyped>({ ...atOnce, summary })[name](body);
}

function afterFailure(error: unknown, name: ActivityName, body: unknown): Promise<unknown> {
  writeSearchAttributes();
  if (isCancellation(error) || isRefusal(causeOf(error))) throw error;
  return insist(name, body);
}

/** A request that does not block the requests after it. */
export interface Attempt {
  /** Resolves when the local activity has ended, whatever its outcome. */
  over: Promise<void>;
  /** Call it after `over`: resolves with the answer, retrying until there is one. */
  finish: () => Promise<unknown>;
}

/**
 * Starts a request with its local activity only. On replay, the outcomes of local activities are known immediately, so
 * with concurrent ones an outcome may be known earlier than it was originally. The workflow must act on it only at a
 * fixed point of its own code; otherwise the commands that follow get other sequence numbers than in the history.
 */
export function attempt(name: ActivityName, body: unknown): Attempt {
  const answer = once(name, body);
  return {
    over: answer.then(ignore, ignore),
    finish: () => answer.catch((error: unknown) => afterFailure(error, name, body)),
  };
}

function ignore(): void {}

async function insist(name: ActivityName, body: unknown): Promise<unknown> {
  const { service, summary } = purposes[name];
  const details = getCurrentDetails();
  const notice = `**The service ${service} does not answer** since ${readable(now())}. ${summary}: retried until it does.\n\n${details}`;
  setCurrentDetails(notice);
  const waiting = { ...untilAnswered, summary: `${summary}: waiting for ${service}` };
  try {
    return await proxyActivities<Untyped>(waiting)[name](body);
  } finally {
    // Other parts of the workflow run meanwhile, and may have set newer details.
    if (getCurrentDetails() === notice) setCurrentDetails(details);
  }
}

/** The problem with which a service's domain refused; undefined for any other failure. */
export function refusalOf(error: unknown): Problem | undefined {
  const cause = causeOf(error);
  return isRefusal(cause) ? (cause.details?.[0] as Problem | undefined) : undefined;
}

/** The failure of a local activity is thrown as is, that of a regular one wrapped in `ActivityFailure`. */
function causeOf(error: unknown): unknown {
  return error instanceof ActivityFailure ? error.cause : error;
}

function isRefusal(cause: unknown): cause is ApplicationFailure {
  return cause instanceof ApplicationFailure && cause.nonRetryable === true;
}

type ActivityName = keyof Activities;
type Untyped = Record<ActivityName, (body: unknown) => Promise<unknown>>;
