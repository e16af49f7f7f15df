import {
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { ApplicationStatus, AskOf, ContractChange, settleDecision } from '@tenure/contracts';
import { decideSignal, lookAgainSignal, type ApplicationInput } from '@tenure/contracts/workflows';
import { ended, provisioning, settling, stoppedWaiting, waitingForDecision } from './workflow/application-details.js';
import { closingNotice, noticeOf, submissionNotices, type Application } from './workflow/application-notices.js';
import { interruptibly, stopIfInterrupted, uninterrupted } from './workflow/interruption.js';
import { isTooLong } from './workflow/long-history.js';
import { nextMoment, type PendingMoment } from './workflow/pending-moments.js';
import { provision } from './workflow/provision.js';
import { ask, attempt, refusalOf, type Attempt } from './workflow/requests.js';
import { noteSearchAttributes, writeSearchAttributes } from './workflow/search-attributes.js';
import { isDue, now } from './workflow/time.js';
import { waitUntil } from './workflow/wait.js';

type Checked = AskOf<typeof settleDecision>['preview'];

/** The workflow's state. A new run can do without it: the application's row is the record. */
interface State {
  /** As last read from accounts. */
  application: Application;
  /** Decisions that were signaled, or recorded and not yet signaled, in order of arrival, without duplicates. */
  decisions: string[];
  /** The signaled ones. */
  signaled: string[];
  /** How many of the decisions are settled. */
  settled: number;
  /** Signaled decisions that accounts does not know. */
  unknown: string[];
  /** How many `lookAgain` signals have arrived, and how many of them the last read of the application covers. */
  lookAgainSignals: number;
  lookAgainsRead: number;
  /** How many moments of the pending application are over. */
  momentsOver: number;
  /** The first attempt to request the submission notices, while it is in progress. */
  attempt: Attempt | null;
  /** The request for the submission notices, while it is retried in parallel. */
  submissionRequest: Promise<unknown> | null;
  /** The requests for reminders, while they are retried in parallel. */
  reminderRequests: Promise<unknown>[];
}

type Signals = Pick<State, 'decisions' | 'signaled' | 'lookAgainSignals'>;

/** A decision's signal follows it within milliseconds. Some signals never come, and by then nothing depends on them. */
const signalsTake = '2s';

const decide = defineSignal<[string]>(decideSignal);
const lookAgain = defineSignal(lookAgainSignal);

/**
 * An application, from its submission to its end: waits for a decision, reminds the reviewers, lets the application
 * lapse; provisions what was approved; requests the notice of the outcome. The application's row in accounts is the
 * judge of every race (docs/rules.md: Application); the workflow makes sure that somebody asks.
 * @returns how the application ended
 */
export async function application(input: ApplicationInput): Promise<ApplicationStatus> {
  const signals: Signals = { decisions: [], signaled: [], lookAgainSignals: 0 };
  setHandler(
    decide,
    (decisionId) => {
      // A signal sent by hand may carry anything: accounts would refuse a request about something that is not an id, and
      // the workflow would fail.
      if (!isId(decisionId)) return;
      addOnce(signals.signaled, decisionId);
      addOnce(signals.decisions, decisionId);
    },
    { description: 'Settles the stored decision with this id. An unknown id changes nothing.' },
  );
  setHandler(
    lookAgain,
    () => {
      signals.lookAgainSignals += 1;
    },
    { description: 'Reads the application again.' },
  );
  return uninterrupted(async () => {
    const state = await begin(input.applicationId, signals);
    await waitForDecision(state);
    // The history is too long. The application's row is the record, including of the decisions, so the next run starts
    // from scratch, as after a loss of Temporal's database.
    if (isPending(state)) return continueAsNew<typeof application>(input);
    if (state.application.status === 'approved') await provisionWhatWasApproved(state);
    await end(state);
    await awaitSignals(state);
    writeSearchAttributes();
    setCurrentDetails(ended(state.application.status, state.unknown));
    return state.application.status;
  });
}

async function begin(applicationId: string, signals: Signals): Promise<State> {
  const lookAgainsRead = signals.lookAgainSignals;
  const found = await ask.inspectApplication({ applicationId });
  const state: State = Object.assign(signals, {
    application: found,
    settled: 0,
    unknown: [],
    lookAgainsRead,
    momentsOver: 0,
    attempt: null,
    submissionRequest: null,
    reminderRequests: [],
  });
  noteApplication(state, found);
  return state;
}

/**
 * Runs until the application is no longer pending or the history is too long. A cancellation stops it where it waits,
 * and before it settles a decision; the application then stays pending. A request cannot be stopped: Temporal may run it
 * a second time, after the first one took effect.
 */
async function waitForDecision(state: State): Promise<void> {
  try {
    while (isPending(state)) {
      const next = nextMoment(state.application, state.momentsOver);
      if (hasDecision(state)) await settleNext(state);
      else if (owesSubmissionNotices(state)) state.attempt = requestSubmissionNotices(state);
      else if (next && isDue(next.at)) await handleMoment(next, state);
      else if (hasToLookAgain(state)) await readAgain(state);
      else if (state.attempt) await continueAfterAttempt(state);
      else {
        await wait(next, state);
        if (isTooLong()) return;
      }
    }
  } catch (error) {
    if (isCancellation(error)) setCurrentDetails(stoppedWaiting(state.application));
    throw error;
  }
}

/** Only the final notices wait for this: applications are decided even while notifications is unreachable. */
function requestSubmissionNotices({ application }: State): Attempt {
  return attempt('requestManyNotices', { asks: submissionNotices(application) });
}

async function continueAfterAttempt(state: State): Promise<void> {
  await state.attempt!.over;
  state.submissionRequest = inParallel(state.attempt!);
  state.attempt = null;
}

/** From here on the request is retried in parallel; `end` waits for it. */
function inParallel({ finish }: Attempt): Promise<unknown> {
  const request = finish();
  request.catch(() => undefined);
  return request;
}

async function readAgain(state: State): Promise<void> {
  state.lookAgainsRead = state.lookAgainSignals;
  noteApplication(state, await ask.inspectApplication({ applicationId: state.application.applicationId }));
}

function noteApplication(state: State, found: Application): void {
  state.application = found;
  // No decision is recorded once the application is decided, so these are the last ones.
  for (const decisionId of found.recordedDecisions) addOnce(state.decisions, decisionId);
  noteSearchAttributes({
    AccountId: found.accountId,
    OrganizationId: found.organizationId,
    ApplicationType: found.type,
    ApplicationStatus: found.status,
  });
}

async function wait(next: PendingMoment | null, state: State): Promise<void> {
  writeSearchAttributes();
  setCurrentDetails(waitingForDecision(state.application, state));
  const isWoken = () => hasDecision(state) || hasToLookAgain(state);
  await interruptibly(() => waitUntil(isWoken, next?.at ?? null, next?.summary ?? ''));
}

/**
 * Asks accounts to settle a decision; for an approval, with licensing's check as of the moment at which it was made.
 */
async function settleNext(state: State): Promise<void> {
  const { applicationId } = state.application;
  const decisionId = state.decisions[state.settled]!;
  setCurrentDetails(settling(decisionId));
  const { known, verdict, decidedAt, change } = await ask.inspectDecision({ applicationId, decisionId });
  const preview = verdict === 'approve' && change ? await check(state, change, decidedAt) : null;
  if (isPending(state)) stopIfInterrupted();
  const answer = known ? await ask.settleDecision({ applicationId, decisionId, preview }) : null;
  state.settled += 1;
  if (answer === null || answer.outcome === 'unknown') state.unknown.push(decisionId);
  else {
    const { status, provision, recordedDecisions } = answer;
    noteApplication(state, { ...state.application, status, provision, recordedDecisions });
  }
}

/** Skips licensing once the application is decided: the decision then only has to be recorded as too late. */
async function check(state: State, change: ContractChange, asOf: string | null): Promise<Checked> {
  if (!isPending(state)) return { refusals: [], before: null };
  try {
    const { refusals, before } = await ask.previewContract({ change, asOf });
    return { refusals, before };
  } catch (error) {
    const problem = refusalOf(error);
    if (!problem) throw error;
    return { refusals: [{ path: '', code: problem.code, message: problem.detail ?? problem.title }], before: null };
  }
}

/** Reminds the reviewers, notifies their lead, or lets the application lapse. */
async function handleMoment({ kind, at, superseded }: PendingMoment, state: State): Promise<void> {
  if (kind === 'lapse') return lapse(state);
  const reminder = noticeOf(state.application, kind, at, superseded ? 'superseded' : null);
  const request = attempt('requestNotice', reminder);
  await request.over;
  state.reminderRequests.push(inParallel(request));
  state.momentsOver += 1;
}

async function lapse(state: State): Promise<void> {
  const { applicationId } = state.application;
  const { lapsesAt, ...found } = await ask.lapseApplication({ applicationId, asOf: now() });
  noteApplication(state, { ...state.application, ...found, ...(lapsesAt && { lapsesAt }) });
  // After Temporal's database was restored to an earlier state, an approval made since then is only in the records.
  if (found.status === 'approved') await readAgain(state);
  // A recorded decision has not been settled yet: if it is refused, the application still has to lapse. The same holds
  // if only Temporal's clock has reached the time.
  const hasToLapseLater = isPending(state) && (lapsesAt !== undefined || hasDecision(state));
  if (!hasToLapseLater) state.momentsOver += 1;
}

async function provisionWhatWasApproved(state: State): Promise<void> {
  const { application } = state;
  setCurrentDetails(provisioning(application.type));
  const status = await provision(application.applicationId, application.provision!);
  noteApplication(state, { ...application, status });
}

/**
 * Requests the notice of the outcome, together with the submission notices if those were never requested, then settles
 * the decisions that lost the race, which accounts listed when the application was decided.
 */
async function end(state: State): Promise<void> {
  if (state.attempt) await continueAfterAttempt(state);
  const closing = closingNotice(state.application);
  if (owesSubmissionNotices(state))
    await ask.requestManyNotices({ asks: [...submissionNotices(state.application), closing] });
  else await ask.requestNotice(closing);
  await state.submissionRequest;
  for (const request of state.reminderRequests) await request;
  while (hasDecision(state)) await settleNext(state);
}

/**
 * Waits for the signals of decisions that accounts has already listed. If a signal arrives during the last workflow
 * task, Temporal rejects that task with all that was done in it, and each service would be asked a second time.
 */
async function awaitSignals(state: State): Promise<void> {
  const areAllSignaled = () => state.decisions.every((decisionId) => state.signaled.includes(decisionId));
  if (!areAllSignaled()) await condition(areAllSignaled, signalsTake, { summary: 'Until the decision is signaled' });
  while (hasDecision(state)) await settleNext(state);
}

function isPending(state: State): boolean {
  return state.application.status === 'pending';
}

function hasDecision(state: State): boolean {
  return state.decisions.length > state.settled;
}

function hasToLookAgain(state: State): boolean {
  return state.lookAgainSignals !== state.lookAgainsRead;
}

function owesSubmissionNotices({ attempt, submissionRequest }: State): boolean {
  return attempt === null && submissionRequest === null;
}

function isId(sent: unknown): sent is string {
  return typeof sent === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(sent);
}

function addOnce(decisions: string[], decisionId: string): void {
  if (!decisions.includes(decisionId)) decisions.push(decisionId);
}
