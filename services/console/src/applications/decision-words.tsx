import { Stack, Text } from '@mantine/core';
import type { ApplicationView, Problem } from '@tenure/contracts';
import { FieldMessage } from '../forms/field-message.js';
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
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {t('decision.reason', { reason: decision.reason })}
        </Text>
      )}
      {status === 'failed' && application.failure && (
        <Failure failure={application.failure} license={licenseOf(application)} />
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

/** Why provisioning or approval failed, with figures; a failure without figures is shown as recorded. */
export function Failure({ failure, license }: { failure: Problem; license: string | undefined }) {
  const errors = failure.errors ?? [];
  if (errors.length === 0) return <Text size="sm">{failure.detail ?? failure.title}</Text>;
  return errors.map((error) => (
    <Text key={error.path + error.code} size="sm">
      <FieldMessage error={error} license={license} />
    </Text>
  ));
}

/** The license that an application is about: the requested one, or the account's. */
export function licenseOf({ request, before }: Pick<ApplicationView, 'request' | 'before'>): string | undefined {
  return 'license' in request ? request.license : before?.license;
}
