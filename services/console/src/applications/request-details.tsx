import { DataList, Text } from '@mantine/core';
import type { ApplicationView } from '@tenure/contracts';
import { useSectorName } from '../account/sector-name.js';
import { useWords } from '../words/use-words.js';
import { DiffItems } from './diff.js';

/** Everything that an application requests: each field, with both sides of each change. */
export function RequestDetails({ application }: { application: ApplicationView }) {
  const { t, format } = useWords();
  const sectorName = useSectorName();
  const { request, accountName, customerName } = application;
  const isNew = request.type === 'new_account';
  const rows: [label: string, value: string][] = [
    [t('form.accountName'), accountName],
    [t('form.customerName'), customerName],
    ...(isNew
      ? ([
          [t('form.sector'), sectorName(request.sector)],
          [t('form.place'), `${format.country(request.country ?? '')} · ${request.timeZone ?? ''}`],
          [t('form.emailDomain'), request.emailDomain ?? t('form.platformDomain')],
        ] as [string, string][])
      : []),
    [t('application.comment'), request.comment || t('application.none')],
  ];
  const [names, rest] = [rows.slice(0, 2), rows.slice(2)];
  return (
    <DataList labelWidth="15rem">
      {names.map(plain)}
      <DiffItems application={application} />
      {rest.map(plain)}
    </DataList>
  );

  function plain([label, value]: [string, string]) {
    return (
      <DataList.Item key={label}>
        <DataList.ItemLabel>{label}</DataList.ItemLabel>
        <DataList.ItemValue>
          <Text span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </DataList.ItemValue>
      </DataList.Item>
    );
  }
}
