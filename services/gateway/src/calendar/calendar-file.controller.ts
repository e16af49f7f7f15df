import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { calendarToken, readCalendar, refuse } from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import type { Request, Response } from 'express';
import { RequestLimits } from '../http/request-limits.js';
import { OpenToAll } from '../routes/serves.js';
import { Settings } from '../settings.js';
import { CalendarTexts } from './calendar-texts.js';
import { asICalendar } from './icalendar.js';

/** The calendars that calendar programs read without signing in: the address itself is the secret. */
@Controller()
export class CalendarFileController {
  readonly #texts = new CalendarTexts((calendar) => asICalendar(calendar, this.settings.origin));

  constructor(
    private readonly services: Services,
    private readonly limits: RequestLimits,
    private readonly settings: Settings,
  ) {}

  /** Answers a malformed address like a revoked one. @throws not_found, too_many_requests */
  @Get('calendar/:file')
  @OpenToAll()
  async read(@Param('file') file: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.limits.countCalendarReader(request.ip ?? 'unknown', response);
    const token = /^([^.]+)\.ics$/.exec(file)?.[1];
    if (!calendarToken.safeParse(token).success) throw refuse('not_found', 'There is no such calendar.');
    const calendar = await this.services.ask(readCalendar, { token: token! });
    const { text, etag } = this.#texts.of(calendar);
    response.setHeader('ETag', etag);
    // Clients may cache it but have to revalidate each time.
    response.setHeader('Cache-Control', 'private, no-cache');
    response.setHeader('X-Robots-Tag', 'noindex');
    if (isKnown(request, etag)) return void response.status(304).end();
    response.setHeader('Content-Type', 'text/calendar; charset=utf-8');
    response.setHeader(
      'Content-Disposition',
      calendar.kind === 'account' ? 'attachment; filename="expiry.ics"' : 'inline; filename="expiries.ics"',
    );
    response.send(text);
  }
}

/**
 * Whether the client has this version already (RFC 9110, 13.1), even if it sends `no-cache`, because this is the
 * origin. There is only an entity tag and no date: the text also changes when no account does, such as when the address
 * is revoked or an expiry leaves the calendar.
 */
function isKnown(request: Request, etag: string): boolean {
  const known = request.header('if-none-match');
  return known !== undefined && known.split(',').some((each) => ['*', etag].includes(each.trim().replace('W/', '')));
}
