import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ShownAuditEntry } from '@tenure/contracts';
import { useState } from 'react';
import { auditPath, auditQuery, type AuditedKind } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { CsvLink } from '../lists/csv-link.js';
import { ListPart } from '../lists/list-part.js';
import type { Column } from '../lists/list-table.js';
import { MorePages } from '../lists/more-pages.js';
import { useWords } from '../words/use-words.js';
import { auditChanges } from './audit-changes.js';
import { useAuditWords } from './use-audit-words.js';

interface AuditTrailProps {
  of: AuditedKind;
  id: string;
  /** The account's; by default that of the reader's organization. */
  timeZone?: string;
  /** Rows per page where the trail is one part of a page. */
  limit?: number;
}

/** Who did what to an account or to an organization itself, newest first, with the values before and after. */
export function AuditTrail({ of, id, timeZone: ofAccount, limit }: AuditTrailProps) {
  const { t, format } = useWords();
  const { organization } = useSession().member;
  const timeZone = ofAccount ?? organization.timeZone;
  const words = useAuditWords(timeZone);
  const [cursors, setCursors] = useState<string[]>([]);
  const list = useQuery(auditQuery(of, id, { cursor: cursors.at(-1), limit }));
  // A kind that only a later version knows is shown by its code.
  const kindOf = (kind: string) => (kind === 'service' || kind === 'operator' ? t(`author.${kind}`) : kind);
  const author = ({ kind, name }: ShownAuditEntry['by']) =>
    kind === 'member' ? name : name === kind ? kindOf(kind) : `${kindOf(kind)} (${name})`;
  const columns: Column<ShownAuditEntry>[] = [
    { header: t('column.what'), cell: ({ action }) => <Text size="sm">{words.action(action)}</Text> },
    { header: t('column.when'), cell: ({ at }) => <Text size="sm">{format.moment(at, timeZone)}</Text> },
    {
      header: t('column.who'),
      free: true,
      cell: ({ by }) => <Text size="sm">{author(by)}</Text>,
    },
    {
      header: t('column.change'),
      free: true,
      cell: ({ member, before, after }) => (
        <>
          {member && (
            <Text size="sm" component="div">
              {t('organization.member')}: {member.name}
            </Text>
          )}
          {auditChanges(before, after, member?.name).map((change) => (
            <Text key={change.name} size="sm" component="div">
              {words.name(change)}: {change.was !== undefined && <>{words.value(change, change.was)} → </>}
              {words.value(change, change.is)}
            </Text>
          ))}
        </>
      ),
    },
  ];
  return (
    <Stack gap="md">
      <Group justify="flex-end">
        <CsvLink path={`${auditPath(of, id)}.csv`} query={{}} />
      </Group>
      <ListPart
        list={list}
        label={t('settings.audit')}
        columns={columns}
        keyOf={({ entryId }) => entryId}
        skeletons={5}
      />
      <MorePages cursors={cursors} next={list.data?.next} onTurn={setCursors} />
    </Stack>
  );
}
