import { movedClock } from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';
import { oneAccount } from '../routes/params.js';

export const moveClockRoute = route({
  method: 'post',
  path: '/sandbox/accounts/{accountId}/clock',
  action: 'move_clock',
  sandboxOnly: true,
  summary: "Sandbox: move one account's clock on",
  description:
    "By calendar days, by calendar months, or to the next moment of its timeline. Goes from moment to moment, waits at each until what is due is settled, and says what happened. All other accounts' clocks stay. When something is not settled in time the answer is `clock_busy`; sending it again with the same Idempotency-Key goes on to the same target.",
  params: oneAccount,
  body: z.union([
    z.strictObject({ days: z.int().min(1).max(1_830) }),
    z.strictObject({ months: z.int().min(1).max(60) }),
    z.strictObject({ toNextMoment: z.literal(true) }),
  ]),
  idempotent: true,
  answer: movedClock,
  errors: ['not_found', 'clock_busy', 'idempotency_key_reused', 'time_skipping_unavailable'],
});
