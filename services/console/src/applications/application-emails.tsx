import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { applicationEmailsQuery } from '../api/queries.js';
import { Section } from '../app/section.js';
import { EmailPages } from '../emails/email-pages.js';
import { foundEmails } from '../emails/emails.js';
import { CsvLink } from '../lists/csv-link.js';
import { useWords } from '../words/use-words.js';

/** Each e-mail about the application, newest first. Those to reviewers appear only in the reviewers' section. */
export function ApplicationEmails({ applicationId }: { applicationId: string }) {
  const { t } = useWords();
  const [cursors, turn] = useState<readonly string[]>([]);
  const list = useQuery({ ...applicationEmailsQuery(applicationId, { cursor: cursors.at(-1) }), select: foundEmails });
  const hasRows = list.data !== undefined && list.data.items.length > 0;
  return (
    <Section
      title={t('accountPart.emails')}
      beside={hasRows && <CsvLink path={`/api/applications/${applicationId}/emails.csv`} query={{}} />}
    >
      <EmailPages
        label={t('accountPart.emails')}
        list={list}
        cursors={cursors}
        onTurn={turn}
        none={<Text size="sm">{t('accountPart.noEmails')}</Text>}
      />
    </Section>
  );
}
