import { DataList } from '@mantine/core';
import type { ApplicationView } from '@tenure/contracts';
import type { ReactNode } from 'react';
import { useSectorName } from '../account/sector-name.js';
import { Field, Written } from '../app/field.js';
import { useWords } from '../words/use-words.js';
import { DiffItems } from './diff.js';

interface RequestDetailsProps {
  application: ApplicationView;
  /** The account's name, where it leads to the account. */
  name?: ReactNode;
}

/** Everything that an application requests: each field, with both sides of each change. */
export function RequestDetails({ application, name }: RequestDetailsProps) {
  const { t, format } = useWords();
  const sectorName = useSectorName();
  const { request, accountName, customerName } = application;
  return (
    <DataList labelWidth="15rem">
      {name ? (
        <Field label={t('form.accountName')}>{name}</Field>
      ) : (
        <Written label={t('form.accountName')} text={accountName} />
      )}
      <Written label={t('form.customerName')} text={customerName} />
      <DiffItems application={application} />
      {request.type === 'new_account' && (
        <>
          <Written label={t('form.sector')} text={sectorName(request.sector)} />
          <Written
            label={t('form.place')}
            text={`${format.country(request.country ?? '')} · ${request.timeZone ?? ''}`}
          />
          <Written label={t('form.emailDomain')} text={request.emailDomain ?? t('form.platformDomain')} />
        </>
      )}
      <Written label={t('application.comment')} text={request.comment || t('application.none')} />
    </DataList>
  );
}
