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

/** What an operator reads beside an activity, and which service it needs. */
const purposes: Record<ActivityName, { service: string; summary: string }> = {
  inspectApplication: { service: 'accounts', summary: 'Read the application' },
  inspectDecision: { service: 'accounts', summary: 'Read the decision' },
  settleDecision: { service: 'accounts', summary: 'Settle the decision' },
  lapseApplication: { service: 'accounts', summary: 'Let the application lapse' },
  createAccount: { service: 'accounts', summary: 'Create the account' },
  fulfillApplication: { service: 'accounts', summary: 'Make what was approved visible' },
  discardAccount: { service: 'accounts', summary: 'Undo: discard the account' },
  failApplication: { service: 'accounts', summary: 'Record that the application failed' },
  previewContract: { service: 'licensing', summary: 'Check whether it can be approved' },
  openSubscription: { service: 'licensing', summary: 'Open the subscription' },
  applyChange: { service: 'licensing', summary: 'Apply the change' },
  cancelSubscription: { service: 'licensing', summary: 'Undo: cancel the subscription' },
  getTimeline: { service: 'licensing', summary: 'Ask what is due, and have it told' },
  expireSubscription: { service: 'licensing', summary: 'Record the expiry' },
  advancePolicyChange: { service: 'licensing', summary: 'Move the next batch' },
  requestManyNotices: { service: 'notifications', summary: 'Have notices made' },
  requestNotice: { service: 'notifications', summary: 'Have a notice made' },
};

/** Short, since signals wait while a local activity runs. Each attempt gives up by itself after two seconds. */
const atOnce: LocalActivityOptions = {
  scheduleToCloseTimeout: '5s',
  retry: { maximumAttempts: 2, initialInterval: '100ms' },
};
/** Without limit: an outage is no reason to fail an application. */
const untilAnswered: ActivityOptions = { startToCloseTimeout: '10s', retry: { maximumInterval: '1m' } };

/**
 * The services, as workflows ask them: first as a local activity, which is quick and leaves little behind; if that does
 * not get through, as an ordinary one, which is tried again until it does and which operators see pending.
 * @throws ApplicationFailure when the service's domain refuses; `refusalOf` reads the problem. CancelledFailure.
 */
export const ask = Object.fromEntries(
  Object.keys(purposes).map((name) => [name, (body: unknown) => request(name as ActivityName, body)]),
) as unknown as Activities;

/** No `async`: the engine takes a stack for each promise of a workflow, and every request passes here. */
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

/** A request that others are made beside. */
export interface Attempt {
  /** Resolves when the quick attempt is over, whatever became of it. */
  over: Promise<void>;
  /** Once it is over: the answer, asked for until it comes. */
  goOn: () => Promise<unknown>;
}

/**
 * The quick attempt of a request alone. A replay knows at once how local activities ended, those beside others before
 * their turn: what is done about it has to wait until the workflow itself comes to it, or all that follows has other
 * numbers than in the history.
 */
export function attempt(name: ActivityName, body: unknown): Attempt {
  const answer = once(name, body);
  return {
    over: answer.then(ignore, ignore),
    goOn: () => answer.catch((error: unknown) => afterFailure(error, name, body)),
  };
}

function ignore(): void {}

async function insist(name: ActivityName, body: unknown): Promise<unknown> {
  const { service, summary } = purposes[name];
  const details = getCurrentDetails();
  const notice = `**The service ${service} does not answer**, since ${readable(now())}. ${summary}: tried again until it does.\n\n${details}`;
  setCurrentDetails(notice);
  const waiting = { ...untilAnswered, summary: `${summary}: waits for ${service}` };
  try {
    return await proxyActivities<Untyped>(waiting)[name](body);
  } finally {
    // Others go on meanwhile, and may have said something newer.
    if (getCurrentDetails() === notice) setCurrentDetails(details);
  }
}

/** The problem with which a service's domain refused, or undefined when that is not what went wrong. */
export function refusalOf(error: unknown): Problem | undefined {
  const cause = causeOf(error);
  return isRefusal(cause) ? (cause.details?.[0] as Problem | undefined) : undefined;
}

/** A local activity's failure comes as it is, an ordinary one's inside `ActivityFailure`. */
function causeOf(error: unknown): unknown {
  return error instanceof ActivityFailure ? error.cause : error;
}

function isRefusal(cause: unknown): cause is ApplicationFailure {
  return cause instanceof ApplicationFailure && cause.nonRetryable === true;
}

type ActivityName = keyof Activities;
type Untyped = Record<ActivityName, (body: unknown) => Promise<unknown>>;
