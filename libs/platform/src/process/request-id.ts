import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string | undefined>();

/**
 * The id of the request on whose behalf the current code runs: a request over HTTP or NATS, the workflow of an
 * activity, or the event being handled. It is passed on with every request to other services and appears in each log
 * line, so that all effects of one request can be found.
 */
export function currentRequestId(): string | undefined {
  return current.getStore();
}

/** Runs `work` on behalf of that request, or of none if there is no id. */
export function onBehalfOf<T>(requestId: string | undefined, work: () => T): T {
  return current.run(requestId, work);
}

/** Validates an id that somebody sent; undefined if it is not fit for a log. */
export function readRequestId(sent: string | undefined): string | undefined {
  return sent !== undefined && /^[\w./:-]{1,128}$/.test(sent) ? sent : undefined;
}
