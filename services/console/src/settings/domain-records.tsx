import { Button, CopyButton, Group, Text } from '@mantine/core';
import type { DomainRecord } from '@tenure/contracts';
import { Fragment } from 'react';
import { ListTable, type Column } from '../lists/list-table.js';
import { useWords } from '../words/use-words.js';
import { DomainStatusBadge } from './domain-status-badge.js';

/** The DNS records that the domain needs, ready to copy. */
export function DomainRecords({ domain, records }: { domain: string; records: readonly DomainRecord[] }) {
  const { t } = useWords();
  if (records.length === 0) return <Text size="sm">{t('emailDomains.recordsFollow')}</Text>;
  const columns: Column<DomainRecord>[] = [
    { header: t('emailDomains.type'), cell: ({ type }) => type },
    {
      header: t('emailDomains.name'),
      free: true,
      cell: ({ name }) => <Copied text={name} what={t('emailDomains.name')} atDots />,
    },
    {
      header: t('emailDomains.value'),
      free: true,
      cell: ({ value }) => <Copied text={value} what={t('emailDomains.value')} />,
    },
    { header: t('emailDomains.priority'), cell: ({ priority }) => priority ?? '–', numeric: true },
    { header: t('emailDomains.state'), cell: ({ status }) => <DomainStatusBadge status={status} /> },
  ];
  return (
    <ListTable
      label={t('emailDomains.recordsOf', { domain })}
      columns={columns}
      rows={[...records]}
      keyOf={({ type, name }) => `${type} ${name}`}
    />
  );
}

/** @param atDots breaks the text after its dots, if there is room for the parts between them */
function Copied({ text, what, atDots = false }: { text: string; what: string; atDots?: boolean }) {
  const { t } = useWords();
  const parts = atDots ? text.split(/(?<=\.)/) : [text];
  return (
    <Group gap="xs" align="flex-start">
      <Text
        size="sm"
        ff="monospace"
        style={{ flex: '1 1 8rem', minWidth: 0, ...(atDots && { overflowWrap: 'break-word' }) }}
      >
        {parts.map((part, index) => (
          <Fragment key={index}>
            {index > 0 && <wbr />}
            {part}
          </Fragment>
        ))}
      </Text>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="compact-xs"
            onClick={copy}
            aria-label={t('emailDomains.copyOf', { what, text: text.slice(0, 40) })}
          >
            {t(copied ? 'emailDomains.copied' : 'emailDomains.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
