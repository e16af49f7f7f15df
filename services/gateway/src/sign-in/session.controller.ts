import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { refuse, signOutEverywhere, type MemberView } from '@tenure/contracts';
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

/** What the console has to know first. */
export interface SessionView {
  member: MemberView;
  /** For the header `X-CSRF-Token` of each change. */
  csrfToken: string;
  /** Whether clocks can be moved. */
  sandbox: boolean;
  /** The instant at which the session ends if nothing more is asked. */
  expiresAt: string;
}

/** The session of the browser that asks: who that is, and its end. */
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
    if (session === undefined) throw refuse('unauthenticated', 'This is about a session.');
    const member = await this.callers.member(caller);
    await this.callers.note(caller);
    return {
      member,
      csrfToken: csrfTokenOf(session.id),
      sandbox: this.settings.sandbox,
      expiresAt: new Date(session.endsAt).toISOString(),
    };
  }

  /**
   * Ends all that the person has signed in with, here and elsewhere, tokens too. What is stored first ends them; the rest
   * only tidies up here. @throws unauthenticated, session_expired, csrf_rejected, member_unknown, unavailable, timeout
   */
  @Post('sign-out-everywhere')
  @OpenToAll()
  @HttpCode(200)
  async signOutEverywhere(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ redirectTo: string }> {
    const caller = await this.callers.identify(request);
    if (caller.session === undefined) throw refuse('unauthenticated', 'This is about a session.');
    await this.callers.member(caller);
    await this.services.ask(signOutEverywhere, caller.identity);
    this.members.forget(caller.identity);
    return this.signOut(request, response);
  }

  /** Whoever has no session any more is signed out all the same. @throws csrf_rejected, unavailable */
  @Post('sign-out')
  @OpenToAll()
  @HttpCode(200)
  async signOut(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ redirectTo: string }> {
    const id = sessionIdOf(request, this.settings.origin);
    if (id !== undefined) {
      requireOwnPage(request, { id, origin: this.settings.origin });
      await this.sessions.end(id);
    }
    clearSessionCookie(response, this.settings.origin);
    return { redirectTo: await this.provider.signOutAddress() };
  }
}
