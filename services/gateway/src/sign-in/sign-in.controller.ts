import { Controller, Get, Logger, Req, Res } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { toProblem } from '@tenure/platform/messaging';
import type { Request, Response as Answer } from 'express';
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { isStillValid } from '../domain/session.js';
import { returnPath } from '../domain/return-path.js';
import { RequestLimits } from '../http/request-limits.js';
import { languageOf, sendPlainPage } from '../pages/plain-page.js';
import { OpenToAll } from '../routes/serves.js';
import { sessionIdOf, setSessionCookie } from '../sessions/session-cookie.js';
import { Sessions } from '../sessions/sessions.js';
import { Settings } from '../settings.js';
import { storePendingSignIn, takePendingSignIn } from './pending-sign-ins.js';
import { withCauses } from './with-causes.js';
import { Callers } from './callers.js';
import { failurePage, type Failure } from './failure-page.js';
import { IdentityProvider } from './identity-provider.js';
import { Members } from './members.js';

/**
 * People sign in at the identity provider and get a session here. The provider's tokens never reach the browser and are
 * not stored.
 */
@Controller('auth')
export class SignInController {
  readonly #log = new Logger('SignIn');

  constructor(
    private readonly provider: IdentityProvider,
    private readonly members: Members,
    private readonly callers: Callers,
    private readonly sessions: Sessions,
    private readonly limits: RequestLimits,
    private readonly settings: Settings,
  ) {}

  @Get('sign-in')
  @OpenToAll()
  async begin(@Req() request: Request, @Res() response: Answer): Promise<void> {
    const returnTo = returnPath(request.query['return']);
    if (isOtherNameOf(this.settings.origin, request)) {
      response.redirect(`${this.settings.origin}${request.originalUrl}`);
      return;
    }
    const again = request.query['again'] === 'yes';
    try {
      if (!again && (await this.#isSignedIn(request))) {
        response.redirect(returnTo);
        return;
      }
      const { address, challenge } = await this.provider.begin({ again });
      storePendingSignIn(request, response, { challenge, returnTo, origin: this.settings.origin });
      response.redirect(address.href);
    } catch (error) {
      this.#fail(request, response, error, returnTo);
    }
  }

  @Get('callback')
  @OpenToAll()
  async finish(@Req() request: Request, @Res() response: Answer): Promise<void> {
    const begun = takePendingSignIn(request, response, this.settings.origin);
    if (begun === undefined) {
      sendPlainPage(response, failurePage('notBegun', languageOf(request), '/'));
      return;
    }
    try {
      const { signedInAt, ...identity } = await this.provider.finish(
        new URL(request.originalUrl, this.settings.origin).search,
        begun.challenge,
      );
      await this.limits.countSignIn(`${identity.issuer} ${identity.subject}`, response);
      const { roles, ...ended } = await this.members.identify(identity);
      // The provider's session is from before they signed out everywhere or were readmitted: they have to sign in there
      // again.
      if (!isStillValid(signedInAt, ended)) {
        sendPlainPage(response, failurePage('signedOutSince', languageOf(request), begun.returnTo));
        return;
      }
      const before = sessionIdOf(request, this.settings.origin);
      // Always a new id, so that an id planted in this browser is worthless (session fixation).
      const id = await this.sessions.open({ ...identity, roles, signedInAt });
      setSessionCookie(response, id, this.settings.origin);
      if (before !== undefined) await this.sessions.end(before);
      response.redirect(begun.returnTo);
    } catch (error) {
      this.#fail(request, response, error, begun.returnTo);
    }
  }

  /**
   * True if another tab has signed in first. A sign-in ends the browser's previous session, which sends tabs that were
   * still using it to the sign-in. If each of them signed in again, tabs that are restored together would keep ending
   * one another's sessions.
   */
  async #isSignedIn(request: Request): Promise<boolean> {
    if (sessionIdOf(request, this.settings.origin) === undefined) return false;
    try {
      const caller = await this.callers.identify(request);
      await this.callers.member(caller);
      return caller.session !== undefined;
    } catch (error) {
      if (error instanceof DomainError && error.problem.status === 401) return false;
      throw error;
    }
  }

  #fail(request: Request, response: Answer, error: unknown, returnTo: string): void {
    const failure = failureOf(error);
    if (failure !== 'canceled') this.#log.warn(`A sign-in failed (${failure}): ${inWords(error)}`);
    sendPlainPage(response, failurePage(failure, languageOf(request), returnTo));
  }
}

/** Includes the provider's own error message, which contains no token. */
function inWords(error: unknown): string {
  if (error instanceof ResponseBodyError) return `${error.error}, ${error.error_description ?? error.status}`;
  return withCauses(error);
}

const failureByCode: Readonly<Record<string, Failure | undefined>> = {
  member_unknown: 'unknownMember',
  too_many_requests: 'tooOften',
};

function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) return failureByCode[error.code] ?? 'unavailable';
  if (error instanceof AuthorizationResponseError && error.error === 'access_denied') return 'canceled';
  return isOutOfReach(error) || toProblem(error).code === 'unavailable' ? 'unavailable' : 'refused';
}

/** Codes of openid-client: no answer in time; an ID token that is not valid at this time by our clock. */
const outOfReach = new Set<unknown>(['OAUTH_TIMEOUT', 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED']);

/**
 * The provider does not respond, or it or a proxy in front of it answers 5xx; or it does not accept the secret of the
 * gateway's client, which providers let expire; or its clock differs too much from ours.
 */
function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('status' in error && error.status === 401) return true;
  if (error instanceof ResponseBodyError && error.error === 'invalid_client') return true;
  const answer: unknown = error instanceof ResponseBodyError ? error.response : error.cause;
  if (answer instanceof Response) return answer.status >= 500;
  return error.message === 'fetch failed' || ('code' in error && outOfReach.has(error.code));
}

/** On the local machine: the request came to `127.0.0.1`, but the console and its cookies belong to `localhost`. */
function isOtherNameOf(origin: string, request: Request): boolean {
  const { hostname, port } = new URL(origin);
  return hostname === 'localhost' && request.header('host') === `127.0.0.1:${port}`;
}
