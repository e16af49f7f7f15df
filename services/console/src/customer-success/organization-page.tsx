import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { OrganizationDetails } from '@tenure/contracts';
import { organizationQuery } from '../api/queries.js';
import { Loaded } from '../app/loaded.js';
import { LinkTo } from '../app/links.js';
import { Page } from '../app/page.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { useWords } from '../words/use-words.js';
import { Attention } from './attention.js';
import { OrganizationFigures } from './organization-figures.js';
import { AccountsEndingNext, DecidedLately, PendingNow } from './organization-lists.js';
import { OrganizationMembers } from './organization-members.js';
import classes from './organization-page.module.css';
import { OrganizationPart } from './organization-part.js';
import { OrganizationSettings } from './organization-settings.js';

const route = getRouteApi('/customer-success/organizations/$organizationId');

/**
 * Everything needed to help an organization. Each part is fetched separately, so that one that is unavailable leaves
 * the rest.
 */
export function OrganizationPage() {
  const { t } = useWords();
  const { organizationId } = route.useParams();
  const query = useQuery(organizationQuery(organizationId));
  return (
    <Loaded key={organizationId} query={query} title={t('column.organization')}>
      {(organization) => <Shown organization={organization} />}
    </Loaded>
  );
}

function Shown({ organization }: { organization: OrganizationDetails }) {
  const { t, format } = useWords();
  const search = route.useSearch();
  const { organizationId, name, country, timeZone, language } = organization;
  return (
    <Page
      title={name}
      lead={[format.country(country), timeZone, t(`shell.languageName.${language}`)].join(' · ')}
      back={
        <LinkTo to="/customer-success/organizations" search={search} size="sm">
          {t('review.organizations')}
        </LinkTo>
      }
    >
      <Stack gap="xl" className={classes.parts}>
        <Attention organization={organization} />
        <OrganizationFigures organization={organization} />
        <PendingNow organizationId={organizationId} />
        <OrganizationMembers organizationId={organizationId} />
        <AccountsEndingNext organizationId={organizationId} />
        <DecidedLately organizationId={organizationId} />
        <OrganizationSettings organization={organization} />
        <OrganizationPart title={t('settings.audit')}>
          <AuditTrail of="organization" id={organizationId} limit={10} />
        </OrganizationPart>
      </Stack>
    </Page>
  );
}
