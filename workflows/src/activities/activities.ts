import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { DomainError, mayPass, type Client, type Request } from '@tenure/contracts';
import { onBehalfOf } from '@tenure/platform/messaging';
import { Looks } from './look.js';
import { Notices, type Notice } from './notices.js';
import { requests, type Activities } from './requests.js';

/** What an earlier version answers to what only a later one knows: no domain refuses a workflow so. */
const notUnderstood: readonly string[] = ['invalid', 'forbidden'];
/**
 * How long an activity may take, in milliseconds: a local one is one of two quick attempts within five seconds; an
 * ordinary one gives up just before the engine would, so that operators read the reason.
 */
const patience = { local: 2_000, ordinary: 9_500 };
type Kind = keyof typeof patience;

/**
 * One function per request, nothing else, but for a look, which takes along what is due, and for notices: both go with those
 * of other workflows. A refusal by a service's domain fails for good, with the error code as its type and the problem as its
 * detail.
 */
export function activities(services: Client): Activities {
  const { getManyTimelines: _, ...others } = requests;
  const functions = Object.entries(others).map(([name, message]) => [
    name,
    activity((body: never, kind) => services.ask(message as Request, body, { timeout: patience[kind] })),
  ]);
  const look = withOthers(new Looks(services, patience.local));
  const notice = withOthers(new Notices(services, patience.local));
  return {
    ...Object.fromEntries(functions),
    getTimeline: activity(look),
    requestNotice: activity(notice),
    // One that is refused is a reason to ask for all of them again: each is stored once.
    requestManyNotices: activity(async ({ asks }: { asks: Notice[] }, kind) => ({
      items: await Promise.all(asks.map(async (asked) => ({ answer: await notice(asked, kind) }))),
    })),
  } as Activities;
}

/** The quick attempt goes with those of other workflows; what is tried again goes by itself, with more patience. */
function withOthers<Body, Answer>(asks: {
  together: (body: Body) => Promise<Answer>;
  alone: (body: Body, patience: number) => Promise<Answer>;
}) {
  return (body: Body, kind: Kind) => (kind === 'local' ? asks.together(body) : asks.alone(body, patience.ordinary));
}

function activity<Body>(answer: (body: Body, kind: Kind) => Promise<unknown>) {
  return async (body: Body): Promise<unknown> => {
    try {
      const { isLocal, workflowExecution } = activityInfo();
      return await onBehalfOf(workflowExecution?.workflowId, () => answer(body, isLocal ? 'local' : 'ordinary'));
    } catch (error) {
      throw error instanceof DomainError ? failure(error) : error;
    }
  };
}

/** What may pass is asked again until it is answered: an outage of a service, or what it does not understand of itself. */
function failure(refusal: DomainError): ApplicationFailure {
  const { code, message, problem } = refusal;
  if (mayPass(refusal) || notUnderstood.includes(code)) return ApplicationFailure.retryable(message, code);
  // What holds instead can have names in it, and histories are kept: ids and figures are enough.
  const { current: _, ...withoutPersonalData } = problem;
  return ApplicationFailure.nonRetryable(message, code, withoutPersonalData);
}
