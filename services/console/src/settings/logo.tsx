import { useQueryClient } from '@tanstack/react-query';
import { setLogo } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { sessionQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import { OneFieldForm } from './one-field-form.js';

/**
 * The logo at the top of e-mails from the organization's own domains. The console loads nothing from other hosts, not
 * even this.
 */
export function Logo() {
  const { t } = useWords();
  const { logoUrl, logoRefused } = useSession().member.organization;
  const queries = useQueryClient();
  return (
    <OneFieldForm
      scope="organization/logo"
      type="url"
      words={{
        title: t('emailDomains.logo'),
        is: t('emailDomains.logoIs'),
        label: t('emailDomains.logoAddress'),
        example: t('emailDomains.logoExample'),
        save: t('emailDomains.save'),
        saved: t('emailDomains.logoSaved'),
        wrong: t('emailDomains.logoWrong'),
      }}
      stored={logoUrl ?? null}
      complaint={logoRefused ? t('emailDomains.logoLeftOut') : undefined}
      send={setLogo}
      onSaved={(organization) =>
        keepAnswer(queries, sessionQuery.queryKey, (session) =>
          session ? { ...session, member: { ...session.member, organization } } : session,
        )
      }
    />
  );
}
