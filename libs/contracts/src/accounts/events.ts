import { z } from 'zod';
import { contractFacts } from '../licensing/contract.js';
import { event } from '../message.js';
import { calendarDate, code, country, instant, timeZone, uuid } from '../values.js';
import { applicationTypes, decisionVerdicts } from './application.js';

const about = z.object({ type: z.enum(applicationTypes), accountId: uuid, clockAheadSeconds: z.int() });

/** `submittedAt` is in the account's clock. */
export const applicationSubmitted = event(
  'accounts.application.submitted',
  about.extend({ submittedAt: instant, lapsesAt: instant }),
);
export const applicationApproved = event(
  'accounts.application.approved',
  about.extend({ decidedAt: instant, decidedBy: uuid }),
);
export const applicationRejected = event(
  'accounts.application.rejected',
  about.extend({ decidedAt: instant, decidedBy: uuid }),
  { isAwaited: true },
);
export const applicationWithdrawn = event('accounts.application.withdrawn', about.extend({ withdrawnBy: uuid }));
export const applicationLapsed = event('accounts.application.lapsed', about);
export const applicationFulfilled = event('accounts.application.fulfilled', about.extend({ after: contractFacts }), {
  isAwaited: true,
});
export const applicationFailed = event('accounts.application.failed', about.extend({ code: z.string() }), {
  isAwaited: true,
});

/**
 * Nothing changed: an operator resumes the workflow, which starts if it is missing and receives again what the
 * earlier events said.
 */
export const applicationResumed = event(
  'accounts.application.resumed',
  about.extend({ submittedAt: instant, hasEnded: z.boolean() }),
);

/** A decision was stored and may still have to be signaled: covers a gateway that dies in between. */
export const decisionRecorded = event(
  'accounts.decision.recorded',
  z.object({ decisionId: uuid, verdict: z.enum(decisionVerdicts), accountId: uuid, clockAheadSeconds: z.int() }),
);

export const accountCreated = event(
  'accounts.account.created',
  z
    .object({
      accountId: uuid,
      country,
      timeZone,
      sector: code,
      license: code,
      expiresOn: calendarDate,
      clockAheadSeconds: z.int(),
    })
    .describe('An account was created or imported.'),
);

/** The name, zone, language or logo of an organization changed, or the addresses of its calendars. */
export const organizationChanged = event('accounts.organization.changed', z.object({ organizationId: uuid }));

/**
 * A member's roles, language, address or notice settings changed, or the member was removed. Caches of the member are
 * invalid.
 */
export const memberChanged = event(
  'accounts.member.changed',
  z.object({ memberId: uuid, issuer: z.string(), subject: z.string() }),
);
