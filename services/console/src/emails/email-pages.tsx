import { Group, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { NamedDelivery } from '@tenure/contracts';
import type { ReactNode } from 'react';
import type { Page } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { CouldNotLoad, NothingHere } from '../lists/list-states.js';
import { MorePages } from '../lists/more-pages.js';
import { useLater } from '../lists/use-later.js';
import { useWords } from '../words/use-words.js';
import { EmailTable } from './email-table.js';
import { emailOf, type FoundEmail } from './emails.js';

interface EmailPagesProps {
  label: string;
  list: UseQueryResult<Page<NamedDelivery>>;
  /** The link that downloads all of it, if there is anything. */
  csv: ReactNode;
  /** The cursors of the pages turned to. */
  cursors: readonly string[];
  onTurn: (cursors: readonly string[]) => void;
  /** Shown when there are no rows. */
  none: ReactNode;
  about?: (email: FoundEmail) => ReactNode;
  actions?: (email: FoundEmail) => ReactNode;
}

/** A list of e-mails, one page at a time. */
export function EmailPages({ list, csv, cursors, onTurn, none, ...table }: EmailPagesProps) {
  const { t } = useWords();
  const { timeZone } = useSession().member.organization;
  const { data, error, isPending, isPlaceholderData, refetch } = list;
  const waiting = useLater(isPending);
  const emails = data?.items.map(emailOf) ?? [];
  return (
    <Stack gap="md">
      {error && !data && <CouldNotLoad error={error} onTryAgain={() => void refetch()} />}
      {data && emails.length === 0 && (cursors.length > 0 ? <NothingHere title={t('list.nothingLeft')} /> : none)}
      {(waiting || emails.length > 0) && (
        <Group justify="flex-end" mih="1.25rem" data-screen-only>
          {emails.length > 0 && csv}
        </Group>
      )}
      {(waiting || emails.length > 0) && (
        <EmailTable
          {...table}
          emails={emails}
          timeZone={timeZone}
          skeletons={waiting ? 3 : 0}
          stale={isPlaceholderData}
        />
      )}
      <MorePages cursors={cursors} next={data?.next} onTurn={onTurn} />
    </Stack>
  );
}
