import { Controller } from '@nestjs/common';
import {
  createCalendarFeed,
  readCalendar,
  revokeCalendars,
  showCalendarAddresses,
  type RequestOf,
} from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { CalendarsService } from './calendars.service.js';

@Controller()
export class CalendarsController {
  constructor(private readonly calendars: CalendarsService) {}

  @Answers(readCalendar)
  read(request: RequestOf<typeof readCalendar>) {
    return this.calendars.read(request);
  }

  @Answers(showCalendarAddresses)
  show(request: RequestOf<typeof showCalendarAddresses>) {
    return this.calendars.show(request);
  }

  @Answers(createCalendarFeed)
  createFeed(request: RequestOf<typeof createCalendarFeed>) {
    return this.calendars.createFeed(request);
  }

  @Answers(revokeCalendars)
  revoke(request: RequestOf<typeof revokeCalendars>) {
    return this.calendars.revoke(request);
  }
}
