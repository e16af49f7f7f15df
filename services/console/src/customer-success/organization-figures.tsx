import { DataList, Paper, SimpleGrid, Text } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { OrganizationDetails } from '@tenure/contracts';
import { UsageBar } from '../account/usage-bar.js';
import { Field } from '../app/field.js';
import { LinkTo } from '../app/links.js';
import { countText } from '../lists/count.js';
import { useWords } from '../words/use-words.js';
import { listsOf, type WayToList } from './organization-queries.js';

/** The counts of an organization, each linked to its list, and its contracted datapoints in total. */
export function OrganizationFigures({
  organization: { organizationId, datapoints },
}: {
  organization: OrganizationDetails;
}) {
  const { t, format } = useWords();
  const { active, expired, pending, decided } = listsOf(organizationId);
  return (
    <Paper withBorder p="md">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="sm">
        <DataList labelWidth="11rem">
          <Count label={t('zones.active')} list={useQuery(active.query)} way={active.way} />
          <Count label={t('zones.expired')} list={useQuery(expired.query)} way={expired.way} />
          <Field label={t('column.datapoints')}>
            {datapoints ? (
              <>
                <UsageBar {...datapoints} />
                <Text size="xs" c="dimmed" mt={2}>
                  {t('figure.contracted', { shown: format.number(datapoints.contracted) })}
                </Text>
              </>
            ) : (
              <Text size="sm">{t('organization.notSummed')}</Text>
            )}
          </Field>
        </DataList>
        <DataList labelWidth="11rem">
          <Count label={t('review.pendingApplications')} list={useQuery(pending.query)} way={pending.way} />
          <Count label={t('review.decidedTitle')} list={useQuery(decided.query)} way={decided.way} />
        </DataList>
      </SimpleGrid>
    </Paper>
  );
}

interface CountProps {
  label: string;
  list: UseQueryResult<{ count: number }>;
  way: WayToList;
}

/** The count of a list, linked to it. If counting failed, the list says why. */
function Count({ label, list: { data, error }, way }: CountProps) {
  const { t, format } = useWords();
  const shown = data ? countText(data.count, t, format) : error ? '?' : '…';
  return (
    <Field label={label}>
      <LinkTo {...way} size="sm" aria-label={`${label}: ${shown}`}>
        {shown}
      </LinkTo>
    </Field>
  );
}
