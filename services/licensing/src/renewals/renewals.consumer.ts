import {
  applicationFailed,
  applicationFulfilled,
  applicationLapsed,
  applicationRejected,
  applicationResumed,
  applicationSubmitted,
  applicationWithdrawn,
  readAs,
  type Envelope,
} from '@tenure/contracts';
import { provideConsumer } from '@tenure/platform';
import type { Renewal } from '../domain/renewals.js';
import { RenewalsService } from './renewals.service.js';

/** What accounts tells of applications to renew: sent, ended one way or another, and both once more. */
export const renewalsConsumer = provideConsumer({
  durable: 'licensing',
  events: [
    applicationSubmitted,
    applicationRejected,
    applicationWithdrawn,
    applicationLapsed,
    applicationFailed,
    applicationFulfilled,
    applicationResumed,
  ],
  inject: [RenewalsService],
  async handle(envelope, _delivery, renewals) {
    const { organizationId, applicationId, data } = envelope;
    if (data.type !== 'renew_subscription' || applicationId === null) return;
    const heard = heardIn(envelope);
    if (heard !== undefined)
      await renewals.hear({ applicationId, accountId: data.accountId, organizationId, ...heard });
  },
});

/** What an event says of a renewal; nothing when accounts of before tells of it once more. */
function heardIn(envelope: Envelope): Pick<Renewal, 'submittedAt' | 'hasEnded'> | undefined {
  const submitted = readAs(applicationSubmitted, envelope);
  if (submitted !== undefined) return { submittedAt: new Date(submitted.data.submittedAt), hasEnded: false };
  const resumed = readAs(applicationResumed, envelope);
  if (resumed === undefined) return { submittedAt: null, hasEnded: true };
  const { submittedAt, hasEnded } = resumed.data;
  if (submittedAt === undefined || hasEnded === undefined) return undefined;
  return { submittedAt: new Date(submittedAt), hasEnded };
}
