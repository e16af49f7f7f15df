import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { emailDomainsQuery } from '../api/queries.js';
import { CouldNotLoad, NothingHere } from '../lists/list-states.js';
import { useWords } from '../words/use-words.js';
import { AddDomain } from './add-domain.js';
import { Logo } from './logo.js';
import { OwnDomain } from './own-domain.js';
import { SettingsPage } from './settings-page.js';

/** The organization's own sender domains: the DNS records they need, and whether those were found. */
export function EmailDomainsPage() {
  const { t } = useWords();
  const domains = useQuery(emailDomainsQuery);
  const [added, setAdded] = useState<string>();
  return (
    <SettingsPage title={t('settings.emailDomains')}>
      <Stack gap="lg">
        <Text size="sm">{t('emailDomains.lead')}</Text>
        <AddDomain onAdded={setAdded} />
        {domains.error && !domains.data && (
          <CouldNotLoad error={domains.error} onTryAgain={() => void domains.refetch()} />
        )}
        {domains.data?.items.length === 0 && (
          <NothingHere title={t('emailDomains.none')} text={t('emailDomains.noneNext')} />
        )}
        {domains.data?.items.map(({ domain, status }) => (
          <OwnDomain key={domain} domain={domain} status={status} isAdded={domain === added} />
        ))}
        {!domains.isPending && <Logo />}
      </Stack>
    </SettingsPage>
  );
}
