import type { ApplicationView, ContractFacts } from '@tenure/contracts';
import type { Columns } from '../downloads/table.js';

/** The columns of the list of applications. Each figure before, after and as seen has a column of its own. */
export const applicationColumns: Columns<ApplicationView> = {
  applicationId: ({ applicationId }) => applicationId,
  type: ({ type }) => type,
  status: ({ status }) => status,
  organization: ({ organizationName }) => organizationName,
  accountId: ({ accountId }) => accountId,
  account: ({ accountName }) => accountName,
  customer: ({ customerName }) => customerName,
  ...factColumns('before', ({ before }) => before),
  ...factColumns('after', ({ after }) => after),
  applicant: ({ applicant }) => applicant.name,
  submittedAt: ({ submittedAt }) => submittedAt,
  lapsesAt: ({ lapsesAt }) => lapsesAt,
  verdict: ({ decision }) => decision?.verdict ?? null,
  decidedBy: ({ decision }) => decision?.decidedBy.name ?? null,
  decidedAt: ({ decision }) => decision?.decidedAt ?? null,
  reason: ({ decision }) => decision?.reason ?? null,
  ...factColumns('seen', ({ decision }) => decision?.seen ?? null),
  withdrawnBy: ({ withdrawnBy }) => withdrawnBy?.name ?? null,
  endedAt: ({ endedAt }) => endedAt,
  failure: ({ failure }) => failure?.code ?? null,
  comment: ({ request }) => request.comment,
};

function factColumns(
  when: 'before' | 'after' | 'seen',
  factsOf: (application: ApplicationView) => ContractFacts | null,
): Columns<ApplicationView> {
  const column = (fact: keyof ContractFacts) => (application: ApplicationView) => factsOf(application)?.[fact] ?? null;
  return {
    [`${when}License`]: column('license'),
    [`${when}Contracted`]: column('contracted'),
    [`${when}RtcLines`]: column('rtcLines'),
    [`${when}ExpiresOn`]: column('expiresOn'),
  };
}
