import { LinkTo } from '../app/links.js';
import { useWords } from '../words/use-words.js';

/** "This name is taken.", with a link to the application or account that has it. */
export function NameTaken({ holder }: { holder: unknown }) {
  const { t } = useWords();
  const { applicationId, accountId } = (holder ?? {}) as { applicationId?: string; accountId?: string };
  return (
    <>
      {t('field.nameTaken')}{' '}
      {applicationId && (
        <LinkTo to="/account-management/applications/$applicationId" params={{ applicationId }} size="sm">
          {t('form.other')}
        </LinkTo>
      )}
      {accountId && (
        <LinkTo to="/account-management/accounts/$accountId" params={{ accountId }} size="sm">
          {t('form.other')}
        </LinkTo>
      )}
    </>
  );
}
