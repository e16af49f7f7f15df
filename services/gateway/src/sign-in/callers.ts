import { Injectable, Logger } from '@nestjs/common';
import { DomainError, refuse, type AnswerOf, type identifyMember, type MemberView } from '@tenure/contracts';
import type { Request, Response } from 'express';
import { hasLostARole, isStillValid } from '../domain/session.js';
import { requireOwnPage } from '../sessions/csrf.js';
import { sessionIdOf } from '../sessions/session-cookie.js';
import { Sessions, type OpenSession } from '../sessions/sessions.js';
import { Settings } from '../settings.js';
import { AccessTokens, type Checked, type Identity } from './access-tokens.js';
import { Members } from './members.js';

/** Who sends a request. It has a `session` if it comes from a browser. */
export interface Caller {
  identity: Identity;
  session: OpenSession | undefined;
  /** When they signed in or their token was issued, in milliseconds since 1970. */
  since: number;
}

/** Identifies the sender of a request by its bearer token, or else by the console's session cookie. */
@Injectable()
export class Callers {
  readonly #log = new Logger('Callers');

  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: Sessions,
    private readonly members: Members,
    private readonly settings: Settings,
  ) {}

  /**
   * If a token is sent, the cookie is ignored: an invalid token is refused even if the session is valid.
   * @throws unauthenticated, token_expired, token_invalid, session_expired, csrf_rejected, unavailable
   */
  async identify(request: Request): Promise<Caller> {
    const authorization = request.header('authorization');
    const id = sessionIdOf(request, this.settings.origin);
    if (authorization !== undefined || id === undefined) return callerBy(await this.tokens.check(authorization));
    requireOwnPage(request, { id, origin: this.settings.origin });
    const session = await this.sessions.find(id);
    if (session === undefined) throw sessionExpired();
    const { issuer, subject, signedInAt } = session;
    return { identity: { issuer, subject }, session, since: signedInAt };
  }

  /**
   * The caller's current member, from accounts. Ends the session of a member who has lost a role, and refuses sessions
   * and tokens from before the member signed out everywhere or was readmitted.
   * @throws session_expired, token_expired, member_unknown, unavailable, timeout
   */
  async member({ identity, session, since }: Caller): Promise<MemberView> {
    const { readmittedAt, signedOutAt, ...member } = await this.#identify(identity, session);
    const isOfBefore = !isStillValid(since, { readmittedAt, signedOutAt });
    if (session === undefined && isOfBefore) throw refuse('token_expired', 'Sign in again for a new token.');
    if (session !== undefined && (isOfBefore || hasLostARole(session, member.roles))) throw await this.#ended(session);
    return member;
  }

  /** Ends the session of somebody who is no longer a member. */
  async #identify(identity: Identity, session: OpenSession | undefined): Promise<AnswerOf<typeof identifyMember>> {
    try {
      return await this.members.identify(identity);
    } catch (error) {
      if (session === undefined || !(error instanceof DomainError) || error.code !== 'member_unknown') throw error;
      throw await this.#ended(session);
    }
  }

  async #ended(session: OpenSession): Promise<DomainError> {
    await this.sessions.end(session.id);
    return sessionExpired();
  }

  /**
   * Extends the session because its member is active. The request does not wait for it: while NATS cannot store anything,
   * such as with a full disk, people can still read.
   */
  extend({ session }: Caller): void {
    if (session === undefined) return;
    this.sessions.extend(session).catch((error: unknown) => this.#log.warn(`A session was not extended: ${error}`));
  }
}

/**
 * Whether what takes long, such as a download, may continue for the member as it is now. If this cannot be checked now,
 * it may.
 */
export async function mayContinue(member: Promise<MemberView>, allows: (now: MemberView) => boolean): Promise<boolean> {
  try {
    return allows(await member);
  } catch (error) {
    return error instanceof DomainError && error.problem.status >= 500;
  }
}

const callerBy = ({ identity, issuedAt }: Checked): Caller => ({ identity, session: undefined, since: issuedAt });

const sessionExpired = () => refuse('session_expired', 'Sign in again.');

/** The caller, which the guard has stored in the response. */
export function callerOf(response: Response): Caller {
  const caller: unknown = response.locals['caller'];
  if (caller === undefined) throw new Error('Nobody is signed in.');
  return caller as Caller;
}
