import { Stack, Text } from '@mantine/core';
import { LinkTo } from '../app/links.js';
import { listOf } from '../applications/application-search.js';
import { useApplicationTitle } from '../applications/use-application-title.js';
import type { FoundEmail } from '../emails/emails.js';
import { useWords } from '../words/use-words.js';
import { OrganizationLink } from './organization-link.js';

type AboutProps = Pick<FoundEmail, 'accountId' | 'applicationId' | 'organizationId' | 'about'>;

/**
 * What an e-mail is about: its name as a link, and its organization. An e-mail about an application links to the
 * application, which leads on to its account; the account alone would not say which application.
 */
export function About({ accountId, applicationId, organizationId, about }: AboutProps) {
  const { t } = useWords();
  const title = useApplicationTitle();
  const { accountName, application } = about ?? {};
  return (
    <Stack gap={4} align="flex-start">
      {applicationId ? (
        <LinkTo
          to="/customer-success/applications/$applicationId"
          params={{ applicationId }}
          search={application ? listOf(application.status) : {}}
          size="sm"
        >
          {application && accountName ? title({ ...application, accountName }) : t('unknown.application')}
        </LinkTo>
      ) : (
        accountId && (
          <LinkTo to="/customer-success/accounts/$accountId" params={{ accountId }} size="sm">
            {accountName ?? t('unknown.account')}
          </LinkTo>
        )
      )}
      <Text size="sm" c="dimmed">
        <OrganizationLink organizationId={organizationId}>
          {about?.organizationName ?? t('column.organization')}
        </OrganizationLink>
      </Text>
    </Stack>
  );
}
