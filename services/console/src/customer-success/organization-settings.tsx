import { DataList, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { MarkedAddressView, OrganizationDetails, PolicyView } from '@tenure/contracts';
import { useMomentWords } from '../account/use-moment-words.js';
import { organizationDomainsQuery, organizationMarksQuery, organizationPolicyQuery } from '../api/queries.js';
import { Field } from '../app/field.js';
import { ToEmails } from '../emails/to-emails.js';
import { ListTable, type Column } from '../lists/list-table.js';
import { LoadedPart } from '../lists/loaded-part.js';
import { MorePages } from '../lists/more-pages.js';
import { pageOfLoaded } from '../lists/page-of-loaded.js';
import { useTurnedPages } from '../lists/use-turned-pages.js';
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
      <OrganizationPart title={t('settings.reminders')} isWaiting={policy.isPending} isFramed>
        <LoadedPart query={policy} height={68}>
          {(chosen) => <Reminders policy={chosen} />}
        </LoadedPart>
      </OrganizationPart>
      <OrganizationPart title={t('settings.emailDomains')} isWaiting={domains.isPending} isFramed>
        <LoadedPart query={domains} height={26}>
          {({ items }) =>
            items.length === 0 ? (
              <Text size="sm">{t('organization.noDomain')}</Text>
            ) : (
              items.map((domain) => <OrganizationDomain key={domain.domain} {...domain} />)
            )
          }
        </LoadedPart>
      </OrganizationPart>
      <OrganizationPart title={t('settings.addresses')} isWaiting={marks.isPending} isFramed>
        <DataList labelWidth="11rem">
          <Field label={t('addresses.fallback')}>
            {fallbackEmail ?? t('organization.noFallback')}
            {fallbackEmail !== null && isMarked(fallbackEmail, marked) && (
              <Text size="xs">{t('momentReason.address_marked')}</Text>
            )}
          </Field>
        </DataList>
        <LoadedPart query={marks} height={20}>
          {({ items }) =>
            items.length === 0 ? <Text size="sm">{t('addresses.none')}</Text> : <Marked marks={items} />
          }
        </LoadedPart>
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
  const [cursors, turn] = useTurnedPages('marks', { inPlace: true });
  const { items, next } = pageOfLoaded(marks, addressOf, cursors.at(-1), 10);
  const columns: Column<MarkedAddressView>[] = [
    ...useMarkColumns(),
    { header: t('emails.title'), actions: true, cell: ({ address }) => <ToEmails email={address} /> },
  ];
  return (
    <>
      <Text size="sm">{t('organization.clearing')}</Text>
      <ListTable label={t('settings.addresses')} columns={columns} rows={items} keyOf={addressOf} />
      <MorePages cursors={cursors} next={next} onTurn={turn} />
    </>
  );
}

const addressOf = ({ address }: MarkedAddressView) => address;
