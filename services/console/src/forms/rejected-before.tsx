import { Alert } from '@mantine/core';
import type { ApplicationView } from '@tenure/contracts';
import { useSession } from '../api/use-session.js';
import { DecisionWords } from '../applications/decision-words.js';
import { useWords } from '../words/use-words.js';

/** Why the last application of this type was rejected, so that the applicant can correct it. */
export function RejectedBefore({ application }: { application: ApplicationView | undefined }) {
  const { t } = useWords();
  const { timeZone } = useSession().member.organization;
  if (application?.status !== 'rejected') return null;
  return (
    <Alert variant="default" mb="md" title={t('form.rejectedBefore')}>
      <DecisionWords application={application} timeZone={timeZone} />
    </Alert>
  );
}
