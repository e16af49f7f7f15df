import { Stack, Text } from '@mantine/core';
import type { ApplicationView } from '@tenure/contracts';
import { useWords } from '../words/use-words.js';

/** Who ended an application, when and why; nothing while it is pending. */
export function DecisionWords({ application, timeZone }: { application: ApplicationView; timeZone: string }) {
  const { t, format } = useWords();
  const { status, decision, withdrawnBy, endedAt } = application;
  if (status === 'pending') return null;
  const at = status === 'withdrawn' || status === 'lapsed' ? endedAt : (decision?.decidedAt ?? endedAt);
  return (
    <Stack gap={2}>
      <Text size="sm">{sentence()}</Text>
      {at && (
        <Text size="xs" c="dimmed">
          {format.moment(at, timeZone)}
        </Text>
      )}
      {decision?.reason && status !== 'withdrawn' && (
        <Text size="sm">{t('decision.reason', { reason: decision.reason })}</Text>
      )}
      {status === 'failed' && application.failure && (
        <Text size="sm">{application.failure.detail ?? application.failure.title}</Text>
      )}
    </Stack>
  );

  function sentence() {
    if (status === 'withdrawn') return t('decision.withdrawnBy', { name: withdrawnBy?.name ?? '' });
    if (status === 'lapsed') return t('decision.lapsed');
    const name = decision?.decidedBy.name ?? '';
    return status === 'rejected' ? t('decision.rejectedBy', { name }) : t('decision.approvedBy', { name });
  }
}
