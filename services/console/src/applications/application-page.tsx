import { Alert, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouterState } from '@tanstack/react-router';
import type { ApplicationView } from '@tenure/contracts';
import { accountForms } from '../account/account-forms.js';
import { applicationQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { ButtonTo, LinkTo } from '../app/links.js';
import { Loaded } from '../app/loaded.js';
import { Page } from '../app/page.js';
import { NotFound } from '../app/refused-pages.js';
import { Section } from '../app/section.js';
import { readChangeSearch, readNewAccountSearch } from '../forms/form-search.js';
import { useWords } from '../words/use-words.js';
import type { ZoneSearch } from '../zones/account-search.js';
import { BackToZone } from '../zones/back-to-zone.js';
import { ApplicationEmails } from './application-emails.js';
import { DecisionWords, Failure, licenseOf } from './decision-words.js';
import { RequestDetails } from './request-details.js';
import { StatusBadge } from './status-badge.js';
import { useApplicationTitle } from './use-application-title.js';
import { useLiveApplication } from './use-live-application.js';
import { Withdraw } from './withdraw.js';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** It has just been sent, from its form. */
    sent?: boolean;
    /** The list of accounts from which the user came to that form, to which the ways back lead. */
    zone?: ZoneSearch;
  }
}

const route = getRouteApi('/account-management/applications/$applicationId');

/** One application of the member's organization: what it requests, its state, and who decided what, when and why. */
export function ApplicationPage() {
  const { t } = useWords();
  const { applicationId } = route.useParams();
  const { manages } = useSession();
  const query = useQuery(applicationQuery(applicationId));
  return (
    <Loaded query={query} title={t('zones.applications')}>
      {(application) => (manages(application) ? <Shown key={applicationId} application={application} /> : <NotFound />)}
    </Loaded>
  );
}

function Shown({ application }: { application: ApplicationView }) {
  const { t, format } = useWords();
  const { timeZone } = useSession().member.organization;
  const title = useApplicationTitle();
  useLiveApplication(application);
  const { sent = false, zone } = useRouterState({ select: ({ location }) => location.state });
  const { status, accountId, accountName, applicant, submittedAt, lapsesAt } = application;
  const isPending = status === 'pending';
  return (
    <Page
      title={title(application)}
      back={
        zone ? (
          <BackToZone list={zone} />
        ) : (
          <LinkTo to="/account-management/applications" search size="sm">
            {t('zones.applications')}
          </LinkTo>
        )
      }
      action={isPending ? <Withdraw application={application} /> : <Again application={application} />}
      lead={t('application.applicant', { name: applicant.name, when: format.moment(submittedAt, timeZone) })}
    >
      <Stack gap="md">
        {sent && isPending && (
          <Alert color="green" icon={<IconCircleCheck aria-hidden />}>
            {t('send.sent')}
          </Alert>
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          {/* First also where they are below one another: it is what the reader came for. */}
          <Section title={t('application.state')}>
            <Stack gap="sm" align="flex-start">
              <StatusBadge status={status} />
              {isPending && (
                <Text size="sm">{t('application.lapses', { day: format.moment(lapsesAt, timeZone) })}</Text>
              )}
              {isPending && <WhatCameOfIt application={application} />}
              <DecisionWords application={application} timeZone={timeZone} />
              {accountId && (
                <LinkTo
                  to="/account-management/accounts/$accountId"
                  params={{ accountId }}
                  search={zone ?? {}}
                  size="sm"
                >
                  {t('action.open', { name: accountName })}
                </LinkTo>
              )}
            </Stack>
          </Section>
          <Section title={t('application.asked')}>
            <RequestDetails application={application} />
          </Section>
        </SimpleGrid>
        <ApplicationEmails applicationId={application.applicationId} />
      </Stack>
    </Page>
  );
}

/** The link that applies again after an application came to nothing. */
function Again({ application: { applicationId, request, status } }: { application: ApplicationView }) {
  const { t } = useWords();
  if (status === 'approved' || status === 'fulfilled') return null;
  const look = { variant: 'default', children: t('action.applyAgain') } as const;
  return request.type === 'new_account' ? (
    <ButtonTo
      to="/account-management/new"
      search={(narrowed) => readNewAccountSearch({ ...narrowed, again: applicationId })}
      {...look}
    />
  ) : (
    <ButtonTo
      to={accountForms.find(({ type }) => type === request.type)!.to}
      params={{ accountId: request.accountId }}
      search={(narrowed) => readChangeSearch({ ...narrowed, again: applicationId })}
      {...look}
    />
  );
}

/** While it is pending: a decision being settled, or an approval that was refused. */
function WhatCameOfIt({ application }: { application: ApplicationView }) {
  const { t } = useWords();
  const { decision } = application;
  if (decision === null) return null;
  const { name } = decision.decidedBy;
  if (decision.outcome === 'recorded') return <Text size="sm">{t('application.settling', { name })}</Text>;
  if (decision.outcome !== 'refused') return null;
  const { problem } = decision;
  return (
    <div>
      <Text size="sm">{t('application.refusedBefore', { name })}</Text>
      {/* Facts that changed since they were seen concern only the reviewers. */}
      {problem?.code === 'contract_refused' && <Failure failure={problem} license={licenseOf(application)} />}
    </div>
  );
}
