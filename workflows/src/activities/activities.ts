import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { DomainError, mayPass, type Client, type Request } from '@tenure/contracts';
import { onBehalfOf } from '@tenure/platform/messaging';
import { Looks } from './look.js';
import { Notices, type Notice } from './notices.js';
import { requests, type Activities } from './requests.js';

/**
 * The codes with which an older service answers what only a newer one understands. No service's domain refuses a
 * workflow with them.
 */
const notUnderstood: readonly string[] = ['invalid', 'forbidden'];
/**
 * Timeouts of a request, in milliseconds: a local activity gets two short attempts within five seconds; a regular one
 * times out just before Temporal would end it, so that operators read the reason.
 */
const patience = { local: 2_000, ordinary: 9_500 };
type Kind = keyof typeof patience;

/**
 * One activity per request. Two of them do more: a look also requests the notices that are due, and looks and notices
 * are batched across workflows. A refusal by a service's domain is a non-retryable failure with the error code as its
 * type and the problem as its details.
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
    // If one is refused, all of them are requested again: each is stored once.
    requestManyNotices: activity(async ({ asks }: { asks: Notice[] }, kind) => ({
      items: await Promise.all(asks.map(async (asked) => ({ answer: await notice(asked, kind) }))),
    })),
  } as Activities;
}

/** Local activities are batched across workflows; retries are sent individually, with a longer timeout. */
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

/**
 * Errors that may pass are retried until there is an answer: an outage of a service, or a request that an older service
 * does not understand.
 */
function failure(refusal: DomainError): ApplicationFailure {
  const { code, message, problem } = refusal;
  if (mayPass(refusal) || notUnderstood.includes(code)) return ApplicationFailure.retryable(message, code);
  // `current` can contain names, and histories are kept: ids and figures are enough.
  const { current: _, ...withoutPersonalData } = problem;
  return ApplicationFailure.nonRetryable(message, code, withoutPersonalData);
}
