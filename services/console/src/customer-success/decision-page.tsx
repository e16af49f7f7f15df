import '@mantine/core/styles/List.layer.css';
import { Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ApplicationView } from '@tenure/contracts';
import { useEffect } from 'react';
import { UsageBar } from '../account/usage-bar.js';
import { onChange } from '../api/live.js';
import { applicationQuery, checkQuery, licensesQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { Loaded } from '../app/loaded.js';
import { LinkTo } from '../app/links.js';
import { Page } from '../app/page.js';
import { Section } from '../app/section.js';
import { ApplicationEmails } from '../applications/application-emails.js';
import { DecisionWords, licenseOf } from '../applications/decision-words.js';
import { Diff } from '../applications/diff.js';
import { RequestDetails } from '../applications/request-details.js';
import { StatusBadge } from '../applications/status-badge.js';
import { useApplicationTitle } from '../applications/use-application-title.js';
import { useLiveApplication } from '../applications/use-live-application.js';
import { TermPreview } from '../forms/preview-panel.js';
import { useUndecidedSentence } from '../forms/use-undecided-sentence.js';
import { CouldNotLoad, NotRefetched } from '../lists/list-states.js';
import { Waiting } from '../lists/waiting.js';
import { useWords } from '../words/use-words.js';
import { Applicant } from './applicant.js';
import { CheckList } from './check-list.js';
import { checksOf } from './checks.js';
import { DecisionBar } from './decision-bar.js';
import classes from './decision.module.css';
import { History } from './history.js';
import { SeenWhenDecided } from './seen-when-decided.js';
import { wayBack } from './way-back.js';

const route = getRouteApi('/customer-success/applications/$applicationId');

/** One application for reviewers: what it requests, what holds today, what an approval would do, and the decision. */
export function DecisionPage() {
  const { t } = useWords();
  const { applicationId } = route.useParams();
  const query = useQuery(applicationQuery(applicationId));
  return (
    <Loaded key={applicationId} query={query} title={t('entry.customerSuccess')}>
      {(application) => <Shown application={application} />}
    </Loaded>
  );
}

function Shown({ application }: { application: ApplicationView }) {
  const { t, format } = useWords();
  const { timeZone } = useSession().member.organization;
  const search = route.useSearch();
  const title = useApplicationTitle();
  useLiveApplication(application);
  const check = useCheck(application);
  const { accountId, accountName, applicant, organizationName, submittedAt, status, decision, heldWhenSent } =
    application;
  return (
    <Page
      title={title(application)}
      back={
        <LinkTo {...wayBack(search)} size="sm">
          {t(search.which === 'decided' ? 'review.decidedTitle' : 'review.queue')}
        </LinkTo>
      }
      lead={
        <Group gap="0.25rem 0.75rem" mt={4}>
          <StatusBadge status={status} />
          <span>
            {t('review.sentBy', {
              name: applicant.name,
              organization: organizationName,
              when: format.moment(submittedAt, timeZone),
            })}
          </span>
        </Group>
      }
    >
      <Stack gap="md">
        <div className={classes.columns}>
          <Section title={t('application.asked')}>
            <Stack gap="sm" align="flex-start">
              <RequestDetails
                application={application}
                name={
                  accountId && (
                    <LinkTo to="/customer-success/accounts/$accountId" params={{ accountId }} inherit>
                      {accountName}
                    </LinkTo>
                  )
                }
              />
              <Applicant application={application} check={check.data ?? undefined} />
            </Stack>
          </Section>
          {status === 'pending' ? (
            <Stack gap="md">
              <Today application={application} check={check} />
            </Stack>
          ) : (
            <Section title={t('review.decision')}>
              <Stack gap="md">
                <DecisionWords application={application} timeZone={timeZone} />
                {decision?.seen && <SeenWhenDecided seen={decision.seen} whenSent={heldWhenSent} />}
              </Stack>
            </Section>
          )}
        </div>
        <Section title={t('review.history')}>
          <History application={application} />
        </Section>
        <ApplicationEmails applicationId={application.applicationId} />
      </Stack>
      <DecisionBar application={application} check={check.data ?? undefined} checkFailed={check.isError} />
    </Page>
  );
}

function useCheck(application: ApplicationView) {
  const { applicationId, accountId } = application;
  const queries = useQueryClient();
  const check = checkQuery(applicationId);
  // A change of the account's use or entitlement can change what an approval would do.
  useEffect(
    () =>
      onChange((change) => {
        if (accountId !== null && change.accountId === accountId)
          void queries.invalidateQueries({ queryKey: check.queryKey });
      }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key says which
    [queries, accountId, applicationId],
  );
  return useQuery(check);
}

/** Today's checks, and what an approval would do now. */
function Today({ application, check }: { application: ApplicationView; check: ReturnType<typeof useCheck> }) {
  const { t } = useWords();
  const undecided = useUndecidedSentence();
  const licenses = useQuery(licensesQuery).data?.items ?? [];
  const failed = check.error && (
    <CouldNotLoad title={t('review.notChecked')} error={check.error} onTryAgain={() => void check.refetch()} />
  );
  const preview = check.data?.preview;
  const untilWhen = preview && undecided(preview);
  const { request } = application;
  const hasTerm = request.type === 'new_account' || request.type === 'renew_subscription';
  if (!preview) return failed ?? <Waiting height={hasTerm ? 580 : 310} />;
  return (
    <>
      <Section
        title={t('review.checks')}
        beside={
          check.error && (
            <NotRefetched title={t('review.notChecked')} error={check.error} onTryAgain={() => void check.refetch()} />
          )
        }
      >
        <CheckList
          checks={checksOf(request, preview, licenses)}
          license={licenseOf({ request, before: preview.before })}
        />
      </Section>
      <Section title={t('review.ifApprovedNow')}>
        <Stack gap="sm">
          {!preview.approvable && <Text size="sm">{t('review.cannotBeApproved')}</Text>}
          {request.type !== 'new_account' && preview.approvable && (
            <Diff application={{ request, before: preview.before, after: preview.after }} />
          )}
          {preview.use && (
            <UsageBar used={preview.use.used} contracted={preview.after?.contracted ?? preview.use.contracted} />
          )}
          {untilWhen && <Text size="sm">{untilWhen}</Text>}
          {hasTerm && <TermPreview answer={preview} />}
        </Stack>
      </Section>
    </>
  );
}
