import { Text } from '@mantine/core';
import type { ApplicationView } from '@tenure/contracts';
import { useSession } from '../api/use-session.js';
import { LinkTo } from '../app/links.js';
import type { Column } from '../lists/list-table.js';
import { useWords } from '../words/use-words.js';
import { DecisionWords } from './decision-words.js';
import { DiffInBrief } from './diff.js';
import { StatusBadge } from './status-badge.js';

/** What is said of each application in the zone. Instants are in the organization's own zone. */
export function useApplicationColumns({ review = false } = {}): Column<ApplicationView>[] {
  const { t, format } = useWords();
  const { timeZone } = useSession().member.organization;
  return [
    {
      header: t('column.type'),
      cell: ({ applicationId, type, accountName }) => (
        <LinkTo
          to={
            review ? '/customer-success/applications/$applicationId' : '/account-management/applications/$applicationId'
          }
          params={{ applicationId }}
          fw={600}
          size="sm"
          aria-label={`${t(`applicationType.${type}`)}, ${accountName}`}
        >
          {t(`applicationType.${type}`)}
        </LinkTo>
      ),
    },
    { header: t('column.account'), free: true, cell: ({ accountName }) => accountName },
    { header: t('column.change'), cell: (application) => <DiffInBrief application={application} /> },
    { header: t('column.applicant'), free: true, cell: ({ applicant }) => applicant.name },
    {
      header: t('column.sent'),
      cell: ({ submittedAt }) => <Text size="sm">{format.moment(submittedAt, timeZone)}</Text>,
    },
    { header: t('column.state'), cell: ({ status }) => <StatusBadge status={status} /> },
    {
      header: t('column.decision'),
      free: true,
      cell: (application) =>
        application.status === 'pending' ? null : <DecisionWords application={application} timeZone={timeZone} />,
    },
  ];
}
