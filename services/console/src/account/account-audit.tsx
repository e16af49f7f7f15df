import { Group, Stack, Text } from '@mantine/core';
import i18next from 'i18next';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditEntryShown } from '../api/calls.js';
import { auditQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { CsvLink } from '../lists/csv-link.js';
import { CouldNotLoad } from '../lists/list-states.js';
import { ListTable, type Column } from '../lists/list-table.js';
import { MorePages } from '../lists/more-pages.js';
import { useLater } from '../lists/use-later.js';
import type { en } from '../words/en.js';
import { useWords, type T } from '../words/use-words.js';
import { auditChanges } from './audit-changes.js';

/** Who did what about the account, newest first, with how it was before and after. */
export function AccountAudit({ accountId }: { accountId: string }) {
  const { t, format } = useWords();
  const { timeZone } = useSession().member.organization;
  const [cursors, setCursors] = useState<string[]>([]);
  const list = useQuery(auditQuery(accountId, { cursor: cursors.at(-1) }));
  const waiting = useLater(list.isPending);
  const rows = list.data?.items ?? [];
  const columns: Column<AuditEntryShown>[] = [
    { header: t('column.what'), cell: ({ action }) => <Text size="sm">{actionWords(action, t)}</Text> },
    { header: t('column.when'), cell: ({ at }) => <Text size="sm">{format.moment(at, timeZone)}</Text> },
    {
      header: t('column.who'),
      cell: ({ by }) => (
        <Text size="sm">{by.kind === 'member' ? by.name : `${t(`author.${by.kind}`)} (${by.name})`}</Text>
      ),
    },
    { header: t('column.change'), cell: ({ before, after }) => <Changes before={before} after={after} /> },
  ];
  return (
    <Stack gap="md">
      <Group justify="flex-end">
        <CsvLink path={`/api/accounts/${accountId}/audit.csv`} query={{}} />
      </Group>
      {list.error && <CouldNotLoad error={list.error} onTryAgain={() => void list.refetch()} />}
      {(rows.length > 0 || waiting) && (
        <ListTable
          label={t('accountPart.audit')}
          columns={columns}
          rows={rows}
          keyOf={({ entryId }) => entryId}
          skeletons={waiting ? 5 : 0}
          stale={list.isPlaceholderData}
        />
      )}
      <MorePages cursors={cursors} next={list.data?.next} onTurn={setCursors} />
    </Stack>
  );
}

/** A new action of a newer service is shown by its code. */
function actionWords(action: string, t: T): string {
  const key = `auditAction.${action.replace('.', '_')}`;
  return i18next.exists(key) ? t(key as `auditAction.${keyof typeof en.auditAction}`) : action;
}

function Changes({ before, after }: Pick<AuditEntryShown, 'before' | 'after'>) {
  return auditChanges(before, after).map(({ name, was, is }) => (
    <Text key={name} size="sm" component="div">
      {name}: {was !== undefined && <>{was} → </>}
      {is}
    </Text>
  ));
}
