import { Text } from '@mantine/core';
import type { ApplicationView } from '@tenure/contracts';
import { useSession } from '../api/use-session.js';
import { LinkTo } from '../app/links.js';
import { OrganizationLink } from '../customer-success/organization-link.js';
import type { ReviewSearch } from '../customer-success/decided-search.js';
import { listOf, type ApplicationSearch } from './application-search.js';
import type { Column } from '../lists/list-table.js';
import { useWords } from '../words/use-words.js';
import { DecisionWords } from './decision-words.js';
import { DiffInBrief } from './diff.js';
import { StatusBadge } from './status-badge.js';

interface ApplicationColumns {
  review?: boolean;
  ofOneAccount?: boolean;
  ofOneOrganization?: boolean;
  /** The account's, where all belong to one; by default that of the reader's organization. */
  timeZone?: string;
  /** The filters of the list, to which the way back leads. */
  search?: ApplicationSearch | ReviewSearch;
}

/**
 * What each application in a list requests, under the name of its account, or under its type where all belong to one
 * account.
 */
export function useAskedColumns({
  review = false,
  ofOneAccount = false,
  ofOneOrganization = false,
  search = {},
}: ApplicationColumns = {}): Column<ApplicationView>[] {
  const { t } = useWords();
  const link = ({ applicationId, type, accountName, status }: ApplicationView, text: string) => (
    <LinkTo
      to={review ? '/customer-success/applications/$applicationId' : '/account-management/applications/$applicationId'}
      params={{ applicationId }}
      search={ofOneAccount ? listOf(status) : search}
      fw={600}
      inherit
      aria-label={`${t(`applicationType.${type}`)}, ${accountName}`}
    >
      {text}
    </LinkTo>
  );
  const typeOf = ({ type }: ApplicationView) => t(`applicationType.${type}`);
  const naming: Column<ApplicationView>[] = ofOneAccount
    ? [{ header: t('column.type'), cell: (application) => link(application, typeOf(application)) }]
    : [
        { header: t('column.type'), cell: typeOf },
        ...(review && !ofOneOrganization
          ? [
              {
                header: t('column.organization'),
                free: true,
                cell: ({ organizationId, organizationName }: ApplicationView) => (
                  <OrganizationLink organizationId={organizationId}>{organizationName}</OrganizationLink>
                ),
              },
            ]
          : []),
        {
          header: t('column.account'),
          names: true,
          free: true,
          cell: (application) => link(application, application.accountName),
        },
      ];
  return [
    ...naming,
    { header: t('column.change'), free: true, cell: (application) => <DiffInBrief application={application} /> },
    { header: t('column.applicant'), free: true, cell: ({ applicant }) => applicant.name },
  ];
}

/** The same, with the time since which it has been waiting. */
export function useWaitingColumns(list?: ApplicationColumns): Column<ApplicationView>[] {
  const { t, format } = useWords();
  const timeZone = useTimeZone(list);
  return [
    ...useAskedColumns(list),
    {
      header: t('column.sent'),
      cell: ({ submittedAt }) => <Text size="sm">{format.moment(submittedAt, timeZone)}</Text>,
    },
  ];
}

/** The same, with the outcome. */
export function useApplicationColumns(list?: ApplicationColumns): Column<ApplicationView>[] {
  const { t } = useWords();
  const timeZone = useTimeZone(list);
  return [
    ...useWaitingColumns(list),
    { header: t('column.state'), cell: ({ status }) => <StatusBadge status={status} /> },
    {
      header: t('column.decision'),
      free: true,
      cell: (application) =>
        application.status === 'pending' ? null : <DecisionWords application={application} timeZone={timeZone} />,
    },
  ];
}

function useTimeZone(list?: ApplicationColumns): string {
  const { organization } = useSession().member;
  return list?.timeZone ?? organization.timeZone;
}
