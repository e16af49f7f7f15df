import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { EmailDomainStatus } from '@tenure/contracts';
import { organizationDomainQuery } from '../api/queries.js';
import { LoadedPart } from '../lists/loaded-part.js';
import { DomainRecords } from '../settings/domain-records.js';
import { DomainSender } from '../settings/domain-sender.js';
import { DomainStatusBadge } from '../settings/domain-status-badge.js';
import { useWords } from '../words/use-words.js';

interface OrganizationDomainProps {
  organizationId: string;
  domain: string;
  status: EmailDomainStatus;
}

/** A domain of an organization: its state and, on request, its records, as its SuperAdmins see them. */
export function OrganizationDomain({ organizationId, domain, status }: OrganizationDomainProps) {
  const { t } = useWords();
  const [isShown, { toggle }] = useDisclosure(false);
  const showing = t(isShown ? 'emailDomains.hideRecords' : 'emailDomains.showRecords');
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Text size="sm" fw={600}>
          {domain}
        </Text>
        <DomainStatusBadge status={status} />
        <Button
          variant="default"
          size="compact-sm"
          onClick={toggle}
          aria-expanded={isShown}
          aria-label={`${showing}: ${domain}`}
        >
          {showing}
        </Button>
      </Group>
      {isShown && <Records organizationId={organizationId} domain={domain} />}
    </Stack>
  );
}

function Records({ organizationId, domain }: Omit<OrganizationDomainProps, 'status'>) {
  return (
    <LoadedPart query={useQuery(organizationDomainQuery(organizationId, domain))} height={80}>
      {(details) => (
        <>
          <DomainSender {...details} />
          <DomainRecords domain={domain} records={details.records} />
        </>
      )}
    </LoadedPart>
  );
}
