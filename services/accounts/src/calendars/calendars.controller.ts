import { Controller } from '@nestjs/common';
import {
  createCalendarFeed,
  readCalendar,
  revokeCalendars,
  showCalendarAddresses,
  type RequestOf,
} from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { CalendarsService } from './calendars.service.js';

@Controller()
export class CalendarsController {
  constructor(private readonly calendars: CalendarsService) {}

  @Answers(readCalendar)
  read(@Ask(readCalendar) request: RequestOf<typeof readCalendar>) {
    return this.calendars.read(request);
  }

  @Answers(showCalendarAddresses)
  show(@Ask(showCalendarAddresses) request: RequestOf<typeof showCalendarAddresses>) {
    return this.calendars.show(request);
  }

  @Answers(createCalendarFeed)
  createFeed(@Ask(createCalendarFeed) request: RequestOf<typeof createCalendarFeed>) {
    return this.calendars.createFeed(request);
  }

  @Answers(revokeCalendars)
  revoke(@Ask(revokeCalendars) request: RequestOf<typeof revokeCalendars>) {
    return this.calendars.revoke(request);
  }
}
