import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { DomainError, type Client, type Request } from '@tenure/contracts';
import { requests, type Activities, type RequestName } from './requests.js';

/** An outage of a service, or what it does not understand of itself: asked again until it answers. */
const passing: readonly string[] = ['unavailable', 'timeout', 'busy', 'internal'];
/** The service's answer is given up a moment before the engine gives up the activity, so that the reason is told. */
const margin = 100;

/** One function per request, nothing else. A refusal by a service's domain fails for good, with the error code as its type and the problem as its detail. */
export function activities(services: Client): Activities {
  const functions = Object.entries(requests).map(([name, message]) => [name, activity(services, message)]);
  return Object.fromEntries(functions) as { [Name in RequestName]: never };
}

function activity(services: Client, message: Request) {
  return async (body: unknown): Promise<unknown> => {
    try {
      return await services.ask(message, body, { timeout: activityInfo().startToCloseTimeoutMs - margin });
    } catch (error) {
      throw error instanceof DomainError ? failure(error) : error;
    }
  };
}

function failure({ code, message, problem }: DomainError): ApplicationFailure {
  if (passing.includes(code)) return ApplicationFailure.retryable(message, code);
  // What holds instead can have names in it, and histories are kept: ids and figures are enough.
  const { current: _, ...withoutPersonalData } = problem;
  return ApplicationFailure.nonRetryable(message, code, withoutPersonalData);
}
