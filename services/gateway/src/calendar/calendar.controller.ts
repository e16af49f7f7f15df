import { Controller } from '@nestjs/common';
import { createCalendarFeed, revokeCalendars, showCalendarAddresses } from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { Settings } from '../settings.js';
import { createFeedRoute, revokeCalendarsRoute, seeCalendars } from './calendar.routes.js';

/** The calendar addresses of an organization, for its SuperAdmins. */
@Controller()
export class CalendarController {
  constructor(
    private readonly services: Services,
    private readonly settings: Settings,
  ) {}

  @Serves(seeCalendars)
  show(@Sent() { actor }: InputOf<typeof seeCalendars>) {
    return this.services.ask(showCalendarAddresses, { actor });
  }

  @Serves(createFeedRoute)
  async createFeed(@Sent() { actor }: InputOf<typeof createFeedRoute>) {
    const { token, ...addresses } = await this.services.ask(createCalendarFeed, { actor });
    return { ...addresses, url: `${this.settings.origin}/calendar/${token}.ics` };
  }

  @Serves(revokeCalendarsRoute)
  revoke(@Sent() { actor, body }: InputOf<typeof revokeCalendarsRoute>) {
    return this.services.ask(revokeCalendars, { actor, ...body });
  }
}
