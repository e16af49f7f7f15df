import { Alert, Box, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { OrganizationDetails } from '@tenure/contracts';
import type { ReactNode } from 'react';
import {
  organizationDomainsQuery,
  organizationMarksQuery,
  organizationMembersQuery,
  organizationPolicyQuery,
  unclearDeliveriesQuery,
} from '../api/queries.js';
import { LinkTo } from '../app/links.js';
import { countText } from '../lists/count.js';
import { Waiting } from '../lists/waiting.js';
import { useWords } from '../words/use-words.js';
import { listsOf } from './organization-queries.js';
import { reachOf } from './reach.js';

/** Blue is hard to read on a warning. */
const inAlert = { inherit: true, c: 'inherit', underline: 'always' } as const;

/** What needs attention; some lines link to where. */
export function Attention({ organization: { organizationId, fallbackEmail } }: { organization: OrganizationDetails }) {
  const { t, format } = useWords();
  const lists = listsOf(organizationId);
  const asked = {
    ending: useQuery(lists.ending.query),
    unclear: useQuery(unclearDeliveriesQuery({ organizationId, limit: 1 })),
    members: useQuery(organizationMembersQuery(organizationId, {})),
    marks: useQuery(organizationMarksQuery(organizationId)),
    domains: useQuery(organizationDomainsQuery(organizationId)),
    policy: useQuery(organizationPolicyQuery(organizationId)),
  };
  const counted = (count: number) => ({ count, shown: countText(count, t, format) });
  const ending = asked.ending.data?.count ?? 0;
  const unclear = asked.unclear.data?.count ?? 0;
  const marks = asked.marks.data?.items ?? [];
  const reach = asked.members.data && reachOf({ ...asked.members.data, marks, fallbackEmail });
  const lost = asked.domains.data?.items.filter(({ status }) => status === 'failed') ?? [];
  const needs: ReactNode[] = [
    reach && t(`organization.reach.${reach}`),
    ending > 0 && (
      <LinkTo key="ending" {...lists.ending.way} {...inAlert}>
        {t('organization.ending', counted(ending))}
      </LinkTo>
    ),
    unclear > 0 && (
      <LinkTo key="unclear" to="/customer-success/emails" search={{ organization: organizationId }} {...inAlert}>
        {t('organization.unclear', counted(unclear))}
      </LinkTo>
    ),
    marks.length > 0 && t('organization.marked', counted(marks.length)),
    ...lost.map(({ domain }) => t('organization.domainFailed', { domain })),
    asked.policy.data?.change?.state === 'stopped' && t('organization.policyStopped'),
  ].filter(Boolean);
  const all = Object.values(asked);
  const isPartial = all.some(({ data, error }) => error && data === undefined);
  if (all.some(({ isPending }) => isPending))
    return (
      <Box data-waiting>
        <Waiting height={86} />
      </Box>
    );
  const partial = isPartial && <Text size="sm">{t('organization.notAllAsked')}</Text>;
  if (needs.length === 0) return partial || <Text size="sm">{t('organization.nothing')}</Text>;
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('organization.attention')}>
      <List size="sm">
        {needs.map((need, index) => (
          <List.Item key={index}>{need}</List.Item>
        ))}
      </List>
      {partial}
    </Alert>
  );
}
