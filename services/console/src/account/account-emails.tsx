import { Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { timelineQuery } from '../api/queries.js';
import { EmailTable } from '../emails/email-table.js';
import { emailsOf } from '../emails/emails.js';
import { CsvLink } from '../lists/csv-link.js';
import { CouldNotLoad, NothingHere } from '../lists/list-states.js';
import { MorePages } from '../lists/more-pages.js';
import { pageOfLoaded } from '../lists/page-of-loaded.js';
import { useLater } from '../lists/use-later.js';
import { useWords } from '../words/use-words.js';

/** Each e-mail about the account: its recipient, when it was sent, and whether it arrived; newest first. */
export function AccountEmails({ accountId, timeZone }: { accountId: string; timeZone: string }) {
  const { t } = useWords();
  const { data, error, isPending, refetch } = useQuery(timelineQuery(accountId));
  const waiting = useLater(isPending);
  const [cursors, setCursors] = useState<string[]>([]);
  const emails = data ? emailsOf(data.moments) : [];
  const { rows, next } = pageOfLoaded(emails, ({ deliveryId }) => deliveryId, cursors.at(-1));
  if (error && !data) return <CouldNotLoad error={error} onTryAgain={() => void refetch()} />;
  if (data && emails.length === 0) return <NothingHere title={t('accountPart.noEmails')} />;
  return (
    <Stack gap="md">
      <Group justify="flex-end">
        <CsvLink path={`/api/accounts/${accountId}/emails.csv`} query={{}} />
      </Group>
      <EmailTable label={t('accountPart.emails')} emails={rows} timeZone={timeZone} skeletons={waiting ? 3 : 0} />
      <MorePages cursors={cursors} next={next} onTurn={setCursors} />
    </Stack>
  );
}
