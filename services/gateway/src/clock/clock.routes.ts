import { clockStep, movedClock } from '@tenure/contracts';
import { route } from '../routes/route.js';
import { oneAccount } from '../routes/params.js';

export const moveClockRoute = route({
  method: 'post',
  path: '/sandbox/accounts/{accountId}/clock',
  action: 'move_clock',
  sandboxOnly: true,
  summary: "Move an account's clock forward (sandbox)",
  description:
    'Moves it by calendar days, by calendar months, or to the next moment of its timeline. The move goes from moment to moment, waits at each until everything due there is settled, and returns what happened. The clocks of other accounts do not move. If something does not settle in time the answer is `clock_busy`; sending the same `Idempotency-Key` again continues to the same target.',
  params: oneAccount,
  body: clockStep,
  idempotent: true,
  answer: movedClock,
  errors: ['not_found', 'clock_busy', 'idempotency_key_reused', 'time_skipping_unavailable'],
});
