import type { ApplicationView, ContractFacts } from '@tenure/contracts';
import type { Columns } from '../downloads/table.js';

/** What the lists of applications show. Before and after have a column for each figure. */
export const applicationColumns: Columns<ApplicationView> = {
  applicationId: ({ applicationId }) => applicationId,
  type: ({ type }) => type,
  status: ({ status }) => status,
  organization: ({ organizationName }) => organizationName,
  accountId: ({ accountId }) => accountId,
  account: ({ accountName }) => accountName,
  customer: ({ customerName }) => customerName,
  ...factColumns('before'),
  ...factColumns('after'),
  applicant: ({ applicant }) => applicant.name,
  submittedAt: ({ submittedAt }) => submittedAt,
  lapsesAt: ({ lapsesAt }) => lapsesAt,
  verdict: ({ decision }) => decision?.verdict ?? null,
  decidedBy: ({ decision }) => decision?.decidedBy.name ?? null,
  decidedAt: ({ decision }) => decision?.decidedAt ?? null,
  reason: ({ decision }) => decision?.reason ?? null,
  withdrawnBy: ({ withdrawnBy }) => withdrawnBy?.name ?? null,
  endedAt: ({ endedAt }) => endedAt,
  failure: ({ failure }) => failure?.code ?? null,
  comment: ({ request }) => request.comment,
};

function factColumns(when: 'before' | 'after'): Columns<ApplicationView> {
  const column = (fact: keyof ContractFacts) => (application: ApplicationView) => application[when]?.[fact] ?? null;
  return {
    [`${when}License`]: column('license'),
    [`${when}Contracted`]: column('contracted'),
    [`${when}ExpiresOn`]: column('expiresOn'),
  };
}
