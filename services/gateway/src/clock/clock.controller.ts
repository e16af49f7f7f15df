import { Controller } from '@nestjs/common';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { moveClockRoute } from './clock.routes.js';
import { ClockService } from './clock.service.js';

@Controller()
export class ClockController {
  constructor(private readonly clock: ClockService) {}

  @Serves(moveClockRoute)
  move(@Sent() { actor, params, body, idempotencyKey }: InputOf<typeof moveClockRoute>) {
    return this.clock.move(actor, params.accountId, body, idempotencyKey);
  }
}
