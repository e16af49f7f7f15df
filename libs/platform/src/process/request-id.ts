import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string | undefined>();

/**
 * What is done now on behalf of whom: the id of a request over HTTP or NATS, of the workflow whose activity it is, of the
 * event that is handled. It goes along with all that is asked of other services meanwhile, and stands in each line of the
 * log, so that what one request came to is found in all of them.
 */
export function currentRequestId(): string | undefined {
  return current.getStore();
}

/** Does this work on behalf of that request; of none, when there is no id. */
export function onBehalfOf<T>(requestId: string | undefined, work: () => T): T {
  return current.run(requestId, work);
}

/** As somebody has sent it; undefined where it is none that one would write to a log. */
export function readRequestId(sent: string | undefined): string | undefined {
  return sent !== undefined && /^[\w./:-]{1,128}$/.test(sent) ? sent : undefined;
}
