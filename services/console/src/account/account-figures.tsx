import { Badge, DataList, SimpleGrid, Text } from '@mantine/core';
import type { AccountView } from '@tenure/contracts';
import { memo } from 'react';
import { Field, Written } from '../app/field.js';
import { useWords } from '../words/use-words.js';
import { hasBegun } from './has-begun.js';
import { Expiry } from './expiry.js';
import { useLicenseName } from './license-name.js';
import { useSectorName } from './sector-name.js';
import { Pending } from './pending.js';
import { UsageBar } from './usage-bar.js';

interface AccountFiguresProps {
  account: AccountView;
  review: boolean;
}

/** All fields of an account, with its datapoints used and left. */
export const AccountFigures = memo(function AccountFigures({ account, review }: AccountFiguresProps) {
  const { t, format } = useWords();
  const licenseName = useLicenseName();
  const sectorName = useSectorName();
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="sm">
      <DataList labelWidth="9rem">
        <Field label={t('figure.state')}>
          <Badge variant="default">{t(`accountState.${account.state}`)}</Badge>
        </Field>
        <Field label={t('column.license')}>{licenseName(account.license)}</Field>
        <Field label={t('column.datapoints')}>
          <UsageBar {...account} />
          <Text size="xs" c="dimmed" mt={2}>
            {t('figure.contracted', { shown: format.number(account.contracted) })}
          </Text>
        </Field>
        <Field label={t('figure.rtcLines')}>{format.number(account.rtcLines)}</Field>
        <Field label={t('figure.firstDay')}>
          {hasBegun(account)
            ? format.day(account.firstDay)
            : t('figure.ofNextTerm', { day: format.day(account.firstDay) })}
        </Field>
        <Field label={t('figure.lastDay')}>
          <Expiry account={account} />
        </Field>
      </DataList>
      <DataList labelWidth="9rem">
        {account.pending.length > 0 && (
          <Field label={t('column.pending')}>
            <Pending pending={account.pending} review={review} />
          </Field>
        )}
        <Field label={t('figure.customer')}>{account.customerName}</Field>
        <Field label={t('figure.sector')}>{sectorName(account.sector)}</Field>
        <Field label={t('figure.place')}>
          {format.country(account.country)} · {account.timeZone}
        </Field>
        <Field label={t('figure.emailDomain')}>{account.emailDomain ?? t('figure.platformDomain')}</Field>
        {account.comment && <Written label={t('figure.comment')} text={account.comment} />}
      </DataList>
    </SimpleGrid>
  );
});
