import { Group, Stack, Text } from '@mantine/core';
import type { AccountView } from '@tenure/contracts';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import { ClockAhead } from './clock-ahead.js';
import { DaysLeftBadge } from './days-left-badge.js';

/** An account's last day, in its own zone (named where it is not the reader's), with the days left. */
export function Expiry({ account }: { account: AccountView }) {
  const { t, format } = useWords();
  const { member } = useSession();
  return (
    <Stack gap={4} align="flex-start">
      <Group gap="4px 8px">
        <Text size="sm">{format.day(account.expiresOn)}</Text>
        <ClockAhead seconds={account.clockAheadSeconds} />
        <DaysLeftBadge account={account} />
      </Group>
      {account.timeZone !== member.organization.timeZone && (
        <Text size="xs" c="dimmed">
          {t('expiry.zone', { zone: account.timeZone })}
        </Text>
      )}
    </Stack>
  );
}
