import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { refuse, signOutEverywhere, type SessionView } from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import type { Request, Response } from 'express';
import { OpenToAll } from '../routes/serves.js';
import { requireOwnPage } from '../sessions/csrf.js';
import { clearSessionCookie, sessionIdOf } from '../sessions/session-cookie.js';
import { csrfTokenOf } from '../sessions/session-id.js';
import { Sessions } from '../sessions/sessions.js';
import { Settings } from '../settings.js';
import { Callers } from './callers.js';
import { IdentityProvider } from './identity-provider.js';
import { Members } from './members.js';

/** The session of the browser that sends the request: shows it and ends it. */
@Controller('auth')
export class SessionController {
  constructor(
    private readonly callers: Callers,
    private readonly sessions: Sessions,
    private readonly provider: IdentityProvider,
    private readonly members: Members,
    private readonly services: Services,
    private readonly settings: Settings,
  ) {}

  /** @throws unauthenticated, session_expired, member_unknown, unavailable, timeout */
  @Get('session')
  @OpenToAll()
  async show(@Req() request: Request): Promise<SessionView> {
    const caller = await this.callers.identify(request);
    const { session } = caller;
    if (session === undefined) throw refuse('unauthenticated', 'This call needs a session, not a token.');
    const member = await this.callers.member(caller);
    this.callers.extend(caller);
    return {
      member,
      csrfToken: csrfTokenOf(session.id),
      sandbox: this.settings.sandbox,
      expiresAt: new Date(session.endsAt).toISOString(),
    };
  }

  /**
   * Ends all of the person's sessions and tokens, here and elsewhere. The time that accounts stores ends them; the rest
   * only cleans up here. @throws unauthenticated, session_expired, csrf_rejected, member_unknown, unavailable, timeout
   */
  @Post('sign-out-everywhere')
  @OpenToAll()
  @HttpCode(200)
  async signOutEverywhere(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ redirectTo: string }> {
    const caller = await this.callers.identify(request);
    if (caller.session === undefined) throw refuse('unauthenticated', 'This call needs a session, not a token.');
    await this.callers.member(caller);
    await this.services.ask(signOutEverywhere, caller.identity);
    this.members.forget(caller.identity);
    return this.signOut(request, response);
  }

  /** Succeeds even if the session has ended already. @throws csrf_rejected, unavailable */
  @Post('sign-out')
  @OpenToAll()
  @HttpCode(200)
  async signOut(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ redirectTo: string }> {
    const id = sessionIdOf(request, this.settings.origin);
    // A form of another site arrives without the cookie, but the answer could still clear it.
    if (id !== undefined) {
      requireOwnPage(request, { id, origin: this.settings.origin });
      await this.sessions.end(id);
      clearSessionCookie(response, this.settings.origin);
    }
    return { redirectTo: await this.provider.signOutAddress() };
  }
}
