import { useQuery } from '@tanstack/react-query';
import type { DeliverySummary } from '@tenure/contracts';
import { accountQuery, applicationQuery } from '../api/queries.js';
import { LinkTo } from '../app/links.js';
import { useApplicationTitle } from '../applications/use-application-title.js';
import { useWords } from '../words/use-words.js';

/** What an e-mail is about, by its name, and the way there; nothing where it is about the organization. */
export function About({ accountId, applicationId }: Pick<DeliverySummary, 'accountId' | 'applicationId'>) {
  if (accountId) return <OfAccount accountId={accountId} />;
  return applicationId ? <OfApplication applicationId={applicationId} /> : null;
}

function OfAccount({ accountId }: { accountId: string }) {
  const { t } = useWords();
  const { data } = useQuery(accountQuery(accountId));
  return (
    <LinkTo to="/customer-success/accounts/$accountId" params={{ accountId }} size="sm">
      {data?.accountName ?? t('unknown.account')}
    </LinkTo>
  );
}

function OfApplication({ applicationId }: { applicationId: string }) {
  const { t } = useWords();
  const title = useApplicationTitle();
  const { data } = useQuery(applicationQuery(applicationId));
  return (
    <LinkTo to="/customer-success/applications/$applicationId" params={{ applicationId }} size="sm">
      {data ? title(data) : t('unknown.application')}
    </LinkTo>
  );
}
