import { countedUpTo, type AnswerOf, type findOrganizations } from '@tenure/contracts';
import type { Columns } from '../downloads/table.js';

/** The columns of the list of organizations. */
export const organizationColumns: Columns<AnswerOf<typeof findOrganizations>['items'][number]> = {
  organizationId: ({ organizationId }) => organizationId,
  organization: ({ name }) => name,
  country: ({ country }) => country ?? null,
  activeAccounts: ({ activeAccounts }) => counted(activeAccounts),
  pendingApplications: ({ pendingApplications }) => counted(pendingApplications),
};

function counted(count: number | undefined): number | string | null {
  return count !== undefined && count > countedUpTo ? `${countedUpTo}+` : (count ?? null);
}
