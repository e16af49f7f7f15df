import { DataList, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { MarkedAddressView, OrganizationDetails, PolicyView } from '@tenure/contracts';
import { useMomentWords } from '../account/use-moment-words.js';
import { organizationDomainsQuery, organizationMarksQuery, organizationPolicyQuery } from '../api/queries.js';
import { ToEmails } from '../emails/to-emails.js';
import { CouldNotLoad } from '../lists/list-states.js';
import { ListTable, type Column } from '../lists/list-table.js';
import { Waiting } from '../lists/waiting.js';
import { useMarkColumns } from '../settings/use-mark-columns.js';
import { useProgressWords } from '../settings/use-progress-words.js';
import { useWords } from '../words/use-words.js';
import { OrganizationDomain } from './organization-domain.js';
import { OrganizationPart } from './organization-part.js';
import { isMarked } from './reach.js';

/**
 * What an organization's SuperAdmins have set, as in their own settings: reminders, domains, and the fallback address.
 */
export function OrganizationSettings({ organization }: { organization: OrganizationDetails }) {
  const { t } = useWords();
  const { organizationId, fallbackEmail } = organization;
  const policy = useQuery(organizationPolicyQuery(organizationId));
  const domains = useQuery(organizationDomainsQuery(organizationId));
  const marks = useQuery(organizationMarksQuery(organizationId));
  const marked = marks.data?.items ?? [];
  return (
    <>
      <OrganizationPart title={t('settings.reminders')}>
        {policy.error && !policy.data && <CouldNotLoad error={policy.error} onTryAgain={() => void policy.refetch()} />}
        {policy.isPending && <Waiting height={68} />}
        {policy.data && <Reminders policy={policy.data} />}
      </OrganizationPart>
      <OrganizationPart title={t('settings.emailDomains')}>
        {domains.error && !domains.data && (
          <CouldNotLoad error={domains.error} onTryAgain={() => void domains.refetch()} />
        )}
        {domains.isPending && <Waiting height={26} />}
        {domains.data?.items.length === 0 && <Text size="sm">{t('organization.noDomain')}</Text>}
        {domains.data?.items.map((domain) => (
          <OrganizationDomain key={domain.domain} {...domain} />
        ))}
      </OrganizationPart>
      <OrganizationPart title={t('settings.addresses')}>
        <DataList labelWidth="11rem">
          <DataList.Item>
            <DataList.ItemLabel>{t('addresses.fallback')}</DataList.ItemLabel>
            <DataList.ItemValue>
              {fallbackEmail ?? t('organization.noFallback')}
              {fallbackEmail !== null && isMarked(fallbackEmail, marked) && (
                <Text size="xs">{t('momentReason.addressMarked')}</Text>
              )}
            </DataList.ItemValue>
          </DataList.Item>
        </DataList>
        {marks.error && !marks.data && <CouldNotLoad error={marks.error} onTryAgain={() => void marks.refetch()} />}
        {marks.isPending && <Waiting height={20} />}
        {marks.data?.items.length === 0 && <Text size="sm">{t('addresses.none')}</Text>}
        {marked.length > 0 && <Marked marks={marked} />}
      </OrganizationPart>
    </>
  );
}

function Reminders({ policy }: { policy: PolicyView }) {
  const { t } = useWords();
  const words = useMomentWords();
  const progress = useProgressWords();
  const { offsets, localTime, version, change } = policy;
  return (
    <Stack gap={4}>
      <Text size="sm">{offsets.map(words.kind).join(' · ')}</Text>
      <Text size="sm">{t('organization.remindersAt', { time: localTime })}</Text>
      <Text size="sm" c="dimmed">
        {version === 1 ? t('organization.defaultReminders') : change && progress(change)}
      </Text>
    </Stack>
  );
}

/** Marked addresses, with the provider's reason. */
function Marked({ marks }: { marks: MarkedAddressView[] }) {
  const { t } = useWords();
  const columns: Column<MarkedAddressView>[] = [
    ...useMarkColumns(),
    { header: t('emails.title'), actions: true, cell: ({ address }) => <ToEmails email={address} /> },
  ];
  return (
    <>
      <Text size="sm">{t('organization.clearing')}</Text>
      <ListTable label={t('settings.addresses')} columns={columns} rows={marks} keyOf={({ address }) => address} />
    </>
  );
}
