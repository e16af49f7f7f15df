import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DeliverySummary } from '@tenure/contracts';
import { accountQuery, applicationQuery } from '../api/queries.js';
import { LinkTo } from '../app/links.js';
import { listOf } from '../applications/application-search.js';
import { useApplicationTitle } from '../applications/use-application-title.js';
import { useWords } from '../words/use-words.js';
import { OrganizationLink } from './organization-link.js';
import { useOrganizationName } from './use-organization-name.js';

type AboutProps = Pick<DeliverySummary, 'accountId' | 'applicationId' | 'organizationId'>;

/** What an e-mail is about, by its name, the way there, and of which organization that is. */
export function About({ accountId, applicationId, organizationId }: AboutProps) {
  if (accountId) return <OfAccount accountId={accountId} />;
  return applicationId ? (
    <OfApplication applicationId={applicationId} />
  ) : (
    <OfOrganization organizationId={organizationId} />
  );
}

function OfAccount({ accountId }: { accountId: string }) {
  const { t } = useWords();
  const { data } = useQuery(accountQuery(accountId));
  return (
    <>
      <LinkTo to="/customer-success/accounts/$accountId" params={{ accountId }} size="sm">
        {data?.accountName ?? t('unknown.account')}
      </LinkTo>
      {data && <Organization {...data} />}
    </>
  );
}

function OfApplication({ applicationId }: { applicationId: string }) {
  const { t } = useWords();
  const title = useApplicationTitle();
  const { data } = useQuery(applicationQuery(applicationId));
  return (
    <>
      <LinkTo
        to="/customer-success/applications/$applicationId"
        params={{ applicationId }}
        search={data && listOf(data.status)}
        size="sm"
      >
        {data ? title(data) : t('unknown.application')}
      </LinkTo>
      {data && <Organization {...data} />}
    </>
  );
}

function OfOrganization({ organizationId }: { organizationId: string }) {
  return <Organization organizationId={organizationId} organizationName={useOrganizationName(organizationId)} />;
}

function Organization({ organizationId, organizationName }: { organizationId: string; organizationName: string }) {
  return (
    <Text size="sm" c="dimmed">
      {organizationName && <OrganizationLink organizationId={organizationId}>{organizationName}</OrganizationLink>}
    </Text>
  );
}
