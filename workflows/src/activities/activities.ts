import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { DomainError, mayPass, type Client, type Request } from '@tenure/contracts';
import { onBehalfOf } from '@tenure/platform/messaging';
import { batched, patience, type Kind } from './batched.js';
import { lookAtMany, type Look, type LookAsked } from './look.js';
import { requestNotices, type Notice } from './notices.js';
import { requests, type Activities } from './requests.js';

/**
 * The codes with which an older service answers what only a newer one understands. No service's domain refuses a
 * workflow with them.
 */
const notUnderstood: readonly string[] = ['invalid', 'forbidden'];

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
  const look = batched<LookAsked, Look>((asks, timeout) => lookAtMany(services, asks, timeout));
  const notice = batched((notices: Notice[], timeout) => requestNotices(services, notices, timeout));
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
