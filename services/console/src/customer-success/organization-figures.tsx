import { DataList, Paper, SimpleGrid, Text } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { OrganizationDetails } from '@tenure/contracts';
import type { ReactNode } from 'react';
import { UsageBar } from '../account/usage-bar.js';
import { LinkTo } from '../app/links.js';
import { countText } from '../lists/count.js';
import { useWords } from '../words/use-words.js';
import { listsOf } from './organization-queries.js';

/** How many of each it has, each with the way to the list that it counts, and what is contracted of all together. */
export function OrganizationFigures({
  organization: { organizationId, datapoints },
}: {
  organization: OrganizationDetails;
}) {
  const { t, format } = useWords();
  const lists = listsOf(organizationId);
  const active = useCount(t('zones.active'), useQuery(lists.active));
  const expired = useCount(t('zones.expired'), useQuery(lists.expired));
  const pending = useCount(t('review.pendingApplications'), useQuery(lists.pending));
  const decided = useCount(t('review.decidedTitle'), useQuery(lists.decided));
  const search = { organization: organizationId };
  return (
    <Paper withBorder p="md">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="sm">
        <DataList labelWidth="11rem">
          <Figure label={active.label}>
            <LinkTo to="/customer-success/accounts" search={search} size="sm" aria-label={active.name}>
              {active.shown}
            </LinkTo>
          </Figure>
          <Figure label={expired.label}>
            <LinkTo
              to="/customer-success/accounts"
              search={{ ...search, zone: 'expired' }}
              size="sm"
              aria-label={expired.name}
            >
              {expired.shown}
            </LinkTo>
          </Figure>
          <Figure label={t('column.datapoints')}>
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
          </Figure>
        </DataList>
        <DataList labelWidth="11rem">
          <Figure label={pending.label}>
            <LinkTo to="/customer-success" search={search} size="sm" aria-label={pending.name}>
              {pending.shown}
            </LinkTo>
          </Figure>
          <Figure label={decided.label}>
            <LinkTo to="/customer-success/decided" search={search} size="sm" aria-label={decided.name}>
              {decided.shown}
            </LinkTo>
          </Figure>
        </DataList>
      </SimpleGrid>
    </Paper>
  );
}

/** How many are in a list, and what the way there is called. Of what could not be counted the list says why. */
function useCount(label: string, { data, error }: UseQueryResult<{ count: number }>) {
  const { t, format } = useWords();
  const shown = data ? countText(data.count, t, format) : error ? '?' : '…';
  return { label, shown, name: `${label}: ${shown}` };
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  );
}
