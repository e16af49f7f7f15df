import {
  applicationFailed,
  applicationFulfilled,
  applicationLapsed,
  applicationRejected,
  applicationResumed,
  applicationSubmitted,
  applicationWithdrawn,
  type Envelope,
} from '@tenure/contracts';
import { on, provideConsumer } from '@tenure/platform';
import type { Renewal } from '../domain/renewals.js';
import { RenewalsService } from './renewals.service.js';

/** The events with which a renewal application ends. */
const ends = [applicationRejected, applicationWithdrawn, applicationLapsed, applicationFailed, applicationFulfilled];

type Told = Envelope<typeof applicationSubmitted | (typeof ends)[number] | typeof applicationResumed>;

/** Consumes accounts' events about renewal applications: submitted, ended, and both again when resumed. */
export const renewalsConsumer = provideConsumer({
  durable: 'licensing',
  inject: [RenewalsService],
  handlers: (renewals) => {
    const hear = async (told: Told, heard: Pick<Renewal, 'submittedAt' | 'hasEnded'>) => {
      const { organizationId, applicationId, data } = told;
      if (data.type !== 'renew_subscription' || applicationId === null) return;
      await renewals.hear({ applicationId, accountId: data.accountId, organizationId, ...heard });
    };
    return [
      on(applicationSubmitted, (submitted) =>
        hear(submitted, { submittedAt: new Date(submitted.data.submittedAt), hasEnded: false }),
      ),
      ...ends.map((end) => on(end, (ended) => hear(ended, { submittedAt: null, hasEnded: true }))),
      on(applicationResumed, (resumed) => {
        const { submittedAt, hasEnded } = resumed.data;
        return hear(resumed, { submittedAt: new Date(submittedAt), hasEnded });
      }),
    ];
  },
});
