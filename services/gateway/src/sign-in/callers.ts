import { Injectable } from '@nestjs/common';
import { refuse, type MemberView } from '@tenure/contracts';
import type { Request, Response } from 'express';
import { hasLostARole } from '../domain/session.js';
import { requireOwnPage } from '../sessions/csrf.js';
import { sessionIdOf } from '../sessions/session-cookie.js';
import { Sessions, type OpenSession } from '../sessions/sessions.js';
import { Settings } from '../settings.js';
import { AccessTokens, type Identity } from './access-tokens.js';
import { Members } from './members.js';

/** Who sends a request; `session` when a browser does. */
export interface Caller {
  identity: Identity;
  session: OpenSession | undefined;
}

/** Finds out who sends a request: by its bearer token, or else by the console's session cookie. */
@Injectable()
export class Callers {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: Sessions,
    private readonly members: Members,
    private readonly settings: Settings,
  ) {}

  /**
   * A token that is sent counts alone: one that is wrong is refused, whatever the cookie says.
   * @throws unauthenticated, token_expired, token_invalid, session_expired, csrf_rejected, unavailable
   */
  async identify(request: Request): Promise<Caller> {
    const authorization = request.header('authorization');
    const id = sessionIdOf(request);
    if (authorization !== undefined || id === undefined)
      return { identity: await this.tokens.check(authorization), session: undefined };
    requireOwnPage(request, { id, origin: this.settings.origin });
    const session = await this.sessions.find(id);
    if (session === undefined) throw sessionExpired();
    const { issuer, subject } = session;
    return { identity: { issuer, subject }, session };
  }

  /**
   * Who that is now, as accounts says. The session of somebody who has lost a role ends.
   * @throws session_expired, member_unknown, unavailable, timeout
   */
  async member({ identity, session }: Caller): Promise<MemberView> {
    const member = await this.members.identify(identity);
    if (session === undefined || !hasLostARole(session, member.roles)) return member;
    await this.sessions.end(session.id);
    throw sessionExpired();
  }

  /** Notes that somebody works here, so that the session goes on. */
  async note({ session }: Caller): Promise<void> {
    if (session !== undefined) await this.sessions.note(session);
  }
}

const sessionExpired = () => refuse('session_expired', 'Sign in again.');

/** Put there by the guard. */
export function callerOf(response: Response): Caller {
  const caller: unknown = response.locals['caller'];
  if (caller === undefined) throw new Error('Nobody is signed in.');
  return caller as Caller;
}
