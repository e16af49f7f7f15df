import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { notAllowed, refuse, type MemberView } from '@tenure/contracts';
import { Nats } from '@tenure/platform/messaging';
import type { Request, Response } from 'express';
import { may } from '../domain/rights.js';
import { hasLostARole } from '../domain/session.js';
import { RequestLimits } from '../http/request-limits.js';
import { Settings } from '../settings.js';
import { Callers, mayContinue, type Caller } from '../sign-in/callers.js';
import type { Route } from './route.js';
import { isOpenToAll, routeOf } from './serves.js';

/** Identifies the caller and checks rate limits and rights before any input is read. */
@Injectable()
export class RouteGuard implements CanActivate {
  constructor(
    private readonly callers: Callers,
    private readonly limits: RequestLimits,
    private readonly settings: Settings,
    private readonly nats: Nats,
  ) {}

  /**
   * @throws unauthenticated, token_expired, token_invalid, session_expired, csrf_rejected, too_many_requests,
   * member_unknown, forbidden, unavailable
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const handler = context.getHandler();
    if (isOpenToAll(handler)) return true;
    const route = routeOf(handler);
    if (route === undefined || (route.sandboxOnly && !this.settings.sandbox)) throw refuse('not_found');
    const http = context.switchToHttp();
    const response = http.getResponse<Response>();
    response.locals['route'] = route;

    // Refused immediately instead of after a timeout.
    if (!this.nats.connected) throw refuse('unavailable', 'The services are not available. Try again.');

    const caller = await this.callers.identify(http.getRequest<Request>());
    const { issuer, subject } = caller.identity;
    const identity = `${issuer} ${subject}`;
    await this.limits.countMember(identity, response);
    this.limits.countUnderWay(identity, response);
    const member = await this.callers.member(caller);
    response.locals['caller'] = caller;
    response.locals['member'] = member;
    if (!may(member, route.action)) throw notAllowed();
    this.callers.extend(caller);
    if (isFile(route)) this.#cutOffOnceRefused(caller, member, response);
    return true;
  }

  /**
   * A slow client reads a file for hours, and each page is as new as its reading: it is cut off once the member may no
   * longer have it.
   */
  #cutOffOnceRefused(caller: Caller, member: MemberView, response: Response): void {
    if (response.destroyed) return; // No `close` will follow.
    const mayStill = () =>
      mayContinue(
        this.callers.member(caller),
        (now) => now.organizationId === member.organizationId && !hasLostARole(member, now.roles),
      );
    const look = () => void mayStill().then((still) => still || response.destroy());
    const looking = setInterval(look, this.settings.heartbeat);
    response.once('close', () => clearInterval(looking));
  }
}

/** A stream of events, whose sign-in is checked where it is kept open, is none. */
function isFile({ produces }: Route): boolean {
  return produces !== undefined && produces !== 'text/event-stream';
}
