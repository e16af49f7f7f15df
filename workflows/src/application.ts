import {
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  patched,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type {
  AnswerOf,
  ApplicationStatus,
  AskOf,
  ContractChange,
  inspectApplication,
  NoticeKind,
  requestNotice,
  settleDecision,
} from '@tenure/contracts';
import { decideSignal, lookAgainSignal, type ApplicationInput } from '@tenure/contracts/workflows';
import { ended, provisioning, settling, stoppedWaiting, waitingForDecision } from './workflow/application-details.js';
import { interruptibly, uninterrupted } from './workflow/interruption.js';
import { isTooLong } from './workflow/long-history.js';
import { nextMoment, type PendingMoment } from './workflow/pending-moments.js';
import { provision } from './workflow/provision.js';
import { ask, attempt, refusalOf, type Attempt } from './workflow/requests.js';
import { noteSearchAttributes, writeSearchAttributes } from './workflow/search-attributes.js';
import { isDue, now } from './workflow/time.js';
import { waitUntil } from './workflow/wait.js';

type Application = AnswerOf<typeof inspectApplication>;
type Checked = AskOf<typeof settleDecision>['preview'];
type Notice = AskOf<typeof requestNotice>;

/** What the workflow remembers. It can be started again without: the application's row is the record. */
interface State {
  /** As accounts told it last. */
  application: Application;
  /** Decisions that were signalled, or recorded and not signalled yet, in the order in which they were heard of; each once. */
  decisions: string[];
  /** Those that were signalled. */
  signalled: string[];
  /** How many of the decisions are settled. */
  settled: number;
  /** Those that accounts does not know. */
  unknown: string[];
  /** How often it was told to look again, and how often it had been told when it last looked. */
  told: number;
  seen: number;
  /** How many of the moments of a pending application are over. */
  met: number;
  /** Has told that it was sent. Runs that began before that was told do not, and call each change an approval. */
  tells: boolean;
  /** The first attempt to have told that it was sent, until it is gone on with. */
  attempt: Attempt | null;
  /** That it was sent is being told. */
  tellingOfSubmission: Promise<unknown> | null;
}

type Heard = Pick<State, 'decisions' | 'signalled' | 'told'>;

/** The signal of a decision follows it within milliseconds; some never come, and nothing depends on them any more. */
const signalsTake = '2s';

const decide = defineSignal<[string]>(decideSignal);
const lookAgain = defineSignal(lookAgainSignal);

/**
 * An application, from its submission to its end: waits for a decision, reminds the reviewers, lapses; provisions what
 * was approved; has people told how it ended. The application's row in accounts is the judge of every race (docs/rules.md:
 * Application); the workflow sees to it that somebody asks.
 * @returns how the application ended
 */
export async function application({ applicationId, ...input }: ApplicationInput): Promise<ApplicationStatus> {
  // Of runs whose start does not say so, a patch does, at the price of an event and a search attribute. Before anything is
  // asked: a patch that is read after a local activity may not be found again when it is replayed.
  const tells = input.tells ?? patched('told-what-happened');
  const heard: Heard = { decisions: [], signalled: [], told: 0 };
  setHandler(decide, (decisionId) => {
    // One sent by hand may carry anything: asked about what is no id, accounts refuses, and the workflow would fail.
    if (!isId(decisionId)) return;
    addOnce(heard.signalled, decisionId);
    addOnce(heard.decisions, decisionId);
  });
  setHandler(lookAgain, () => {
    heard.told += 1;
  });
  return uninterrupted(async () => {
    const state = await begin(applicationId, heard, { ...input, tells });
    await decided(state);
    // Its application's row is the record, of what was decided as well: it is begun anew, as after a loss of the engine's store.
    if (isPending(state)) return continueAsNew<typeof application>({ applicationId, ...input });
    if (state.application.status === 'approved') await provisionWhatWasApproved(state);
    await end(state);
    if (input.hearsOut) await hearOut(state);
    writeSearchAttributes();
    setCurrentDetails(ended(state.application.status, state.unknown));
    return state.application.status;
  });
}

async function begin(
  applicationId: string,
  heard: Heard,
  { tells, tellsInTurn, decidesFirst }: Pick<ApplicationInput, 'tellsInTurn' | 'decidesFirst'> & { tells: boolean },
): Promise<State> {
  const seen = heard.told;
  const found = await ask.inspectApplication({ applicationId });
  const state: State = Object.assign(heard, {
    application: found,
    settled: 0,
    unknown: [],
    seen,
    met: 0,
    tells,
    attempt: null,
    tellingOfSubmission: null,
  });
  takeNote(state, found);
  if (tells && !decidesFirst) state.attempt = haveToldOfSubmission(state);
  if (tells && !tellsInTurn) goOnTelling(state);
  return state;
}

/** Until it is not pending any more, or its history is too long. */
async function decided(state: State): Promise<void> {
  while (isPending(state)) {
    const next = nextMoment(state.application, state.met);
    if (hasDecision(state)) await settleNext(state);
    else if (hasToTellOfSubmission(state)) state.attempt = haveToldOfSubmission(state);
    else if (next && isDue(next.at)) await meet(next, state);
    else if (hasBeenTold(state)) await look(state);
    else if (state.attempt) await goOnTellingInTurn(state);
    else {
      await wait(next, state);
      if (isTooLong()) return;
    }
  }
}

/** Nothing waits for it but the rest and the end: while notifications is out of reach, applications are decided all the same. */
function haveToldOfSubmission(state: State): Attempt {
  return attempt('requestManyNotices', { asks: noticesOfSubmission(state) });
}

function noticesOfSubmission(state: State): Notice[] {
  const { submittedAt, remindAt } = state.application;
  const skip = !isPending(state) ? 'not_pending' : isDue(remindAt) ? 'superseded' : null;
  const kinds = ['application_submitted', 'application_received'] as const;
  return kinds.map((kind) => noticeOf(state, kind, submittedAt, skip));
}

/** From now on it is told beside whatever comes; whoever waits for it hears of it. */
function goOnTelling(state: State): void {
  state.tellingOfSubmission = state.attempt!.goOn();
  state.tellingOfSubmission.catch(() => undefined);
  state.attempt = null;
}

async function goOnTellingInTurn(state: State): Promise<void> {
  await state.attempt!.over;
  goOnTelling(state);
}

async function look(state: State): Promise<void> {
  state.seen = state.told;
  takeNote(state, await ask.inspectApplication({ applicationId: state.application.applicationId }));
}

function takeNote(state: State, found: Application): void {
  state.application = found;
  // Once the application is decided no decision is recorded any more: then these are the last ones.
  for (const decisionId of found.recordedDecisions) addOnce(state.decisions, decisionId);
  noteSearchAttributes({
    AccountId: found.accountId,
    OrganizationId: found.organizationId,
    ApplicationType: found.type,
    ApplicationStatus: found.status,
  });
}

/**
 * The only step that a cancellation stops, and then the application stays pending. What was asked for cannot be stopped:
 * the engine may come to it a second time, and the first one counted.
 */
async function wait(next: PendingMoment | null, state: State): Promise<void> {
  writeSearchAttributes();
  setCurrentDetails(waitingForDecision(state.application, state));
  try {
    const heard = () => hasDecision(state) || hasBeenTold(state);
    await interruptibly(() => waitUntil(heard, next?.at ?? null, next?.summary ?? ''));
  } catch (error) {
    if (isCancellation(error)) setCurrentDetails(stoppedWaiting(state.application));
    throw error;
  }
}

/** Has accounts settle a decision; for an approval with what licensing says of it at the moment at which it was made. */
async function settleNext(state: State): Promise<void> {
  const { applicationId } = state.application;
  const decisionId = state.decisions[state.settled]!;
  setCurrentDetails(settling(decisionId));
  const { known, verdict, decidedAt, change } = await ask.inspectDecision({ applicationId, decisionId });
  const preview = verdict === 'approve' && change ? await check(state, change, decidedAt) : null;
  const answer = known ? await ask.settleDecision({ applicationId, decisionId, preview }) : null;
  state.settled += 1;
  if (answer === null || answer.outcome === 'unknown') state.unknown.push(decisionId);
  else {
    const { status, provision, recordedDecisions } = answer;
    takeNote(state, { ...state.application, status, provision, recordedDecisions });
  }
}

/** Not asked once the application is decided: then it only has to be told that it came too late. */
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

/** Reviewers are reminded, their lead is told, the application lapses. */
async function meet(moment: PendingMoment, state: State): Promise<void> {
  if (moment.kind === 'lapse') {
    const { applicationId } = state.application;
    const { lapsesAt, ...found } = await ask.lapseApplication({ applicationId, asOf: now() });
    takeNote(state, { ...state.application, ...found, ...(lapsesAt && { lapsesAt }) });
    // After the engine's store was set back: what was approved meanwhile is in the records alone.
    if (found.status === 'approved') await look(state);
    // Decided before, and not heard of yet: where nothing comes of that, it is still to lapse. So it is where only the
    // engine's clock has come to its time.
    if (isPending(state) && (lapsesAt !== undefined || hasDecision(state))) return;
  } else await ask.requestNotice(noticeOf(state, moment.kind, moment.at, moment.superseded ? 'superseded' : null));
  state.met += 1;
}

async function provisionWhatWasApproved(state: State): Promise<void> {
  const { application } = state;
  setCurrentDetails(provisioning(application.type));
  const status = await provision(application.applicationId, application.provision!);
  takeNote(state, { ...application, status });
}

/**
 * Has told how it ended, with one request also that it was sent where that was not told before; and answers the decisions
 * that lost the race: accounts named them when it was decided.
 */
async function end(state: State): Promise<void> {
  if (state.attempt) await goOnTellingInTurn(state);
  const closing = noticeOf(state, closingNotice(state), endedAt(state.application), null);
  if (hasToTellOfSubmission(state)) await ask.requestManyNotices({ asks: [...noticesOfSubmission(state), closing] });
  else await ask.requestNotice(closing);
  await state.tellingOfSubmission;
  while (hasDecision(state)) await settleNext(state);
}

/**
 * Waits for the signals of decisions that accounts told of first. One that comes while the last task is under way has the
 * engine refuse it, with all that was done in it: each service would be asked a second time.
 */
async function hearOut(state: State): Promise<void> {
  const areAllSignalled = () => state.decisions.every((decisionId) => state.signalled.includes(decisionId));
  if (!areAllSignalled()) await condition(areAllSignalled, signalsTake, { summary: 'Until the decision is signalled' });
  while (hasDecision(state)) await settleNext(state);
}

function noticeOf(state: State, kind: NoticeKind, dueAt: string, skip: string | null): Notice {
  const { applicationId, organizationId, accountId, type, status } = state.application;
  // A new account is there for others once the application is fulfilled.
  const hasAccount = type !== 'new_account' || status === 'fulfilled';
  return {
    key: `${applicationId}/${kind}`,
    kind,
    offset: null,
    organizationId,
    accountId: hasAccount ? accountId : null,
    applicationId,
    termNumber: null,
    dueAt,
    skip,
  };
}

function closingNotice({ application: { type, status }, tells }: State): NoticeKind {
  if (status !== 'fulfilled') return `application_${status as 'failed' | 'rejected' | 'withdrawn' | 'lapsed'}`;
  if (type === 'renew_subscription') return 'subscription_renewed';
  if (type === 'new_account' || !tells) return 'application_approved';
  return type === 'change_datapoints' ? 'datapoints_changed' : 'license_changed';
}

/** In the account's clock, to which a workflow that a decision has just started may not have been moved yet. */
function endedAt({ submittedAt, provision }: Application): string {
  return [now(), submittedAt, provision?.decidedAt ?? submittedAt].toSorted().at(-1)!;
}

function isPending(state: State): boolean {
  return state.application.status === 'pending';
}

function hasDecision(state: State): boolean {
  return state.decisions.length > state.settled;
}

function hasBeenTold(state: State): boolean {
  return state.told !== state.seen;
}

function hasToTellOfSubmission({ tells, attempt, tellingOfSubmission }: State): boolean {
  return tells && attempt === null && tellingOfSubmission === null;
}

function isId(sent: unknown): sent is string {
  return typeof sent === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(sent);
}

function addOnce(decisions: string[], decisionId: string): void {
  if (!decisions.includes(decisionId)) decisions.push(decisionId);
}
