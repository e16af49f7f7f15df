import { Alert, Stack, Text } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import type { AddressMark } from '@tenure/contracts';
import { useMomentWords } from '../account/use-moment-words.js';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import { useOrganizationName } from './use-organization-name.js';

/** The organizations in which an address is marked, since when and why, and who can clear the mark. */
export function Marks({ marks }: { marks: AddressMark[] }) {
  const { t } = useWords();
  if (marks.length === 0) return <Text size="sm">{t('emails.notMarked')}</Text>;
  return (
    <Alert color="orange" icon={<IconMailOff aria-hidden />} title={t('emails.marked')}>
      <Stack gap="xs">
        {marks.map((mark) => (
          <Mark key={mark.organizationId} mark={mark} />
        ))}
        <Text size="sm">{t('emails.clearing')}</Text>
      </Stack>
    </Alert>
  );
}

function Mark({ mark: { organizationId, markedAt, why, words: providerWords } }: { mark: AddressMark }) {
  const { t, format } = useWords();
  const words = useMomentWords();
  const { timeZone } = useSession().member.organization;
  const organization = useOrganizationName(organizationId) || t('column.organization');
  return (
    <div>
      <Text size="sm">
        {t('emails.markedIn', { organization, when: format.moment(markedAt, timeZone), why: words.event(why) })}
      </Text>
      {providerWords && (
        <Text size="xs" c="dimmed">
          {providerWords}
        </Text>
      )}
    </div>
  );
}
