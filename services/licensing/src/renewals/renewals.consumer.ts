import {
  applicationFailed,
  applicationFulfilled,
  applicationLapsed,
  applicationRejected,
  applicationSubmitted,
  applicationWithdrawn,
  readAs,
} from '@tenure/contracts';
import { provideConsumer } from '@tenure/platform';
import { RenewalsService } from './renewals.service.js';

/** What accounts tells of applications to renew: sent, and ended one way or another. */
export const renewalsConsumer = provideConsumer({
  durable: 'licensing',
  events: [
    applicationSubmitted,
    applicationRejected,
    applicationWithdrawn,
    applicationLapsed,
    applicationFailed,
    applicationFulfilled,
  ],
  inject: [RenewalsService],
  async handle(envelope, _delivery, renewals) {
    const { organizationId, applicationId, data } = envelope;
    if (data.type !== 'renew_subscription' || applicationId === null) return;
    const submitted = readAs(applicationSubmitted, envelope);
    await renewals.hear({
      applicationId,
      accountId: data.accountId,
      organizationId,
      submittedAt: submitted ? new Date(submitted.data.submittedAt) : null,
      hasEnded: submitted === undefined,
    });
  },
});
