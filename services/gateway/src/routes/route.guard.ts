import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { notAllowed, refuse } from '@tenure/contracts';
import { Nats } from '@tenure/platform/messaging';
import type { Request, Response } from 'express';
import { may } from '../domain/rights.js';
import { RequestLimits } from '../http/request-limits.js';
import { Settings } from '../settings.js';
import { Callers } from '../sign-in/callers.js';
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
    await this.callers.extend(caller);
    return true;
  }
}
