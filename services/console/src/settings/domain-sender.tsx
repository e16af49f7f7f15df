import { Text } from '@mantine/core';
import type { EmailDomainDetails } from '@tenure/contracts';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';

/** From which address a domain's e-mails come, or will once it is verified, and when it was last checked. */
export function DomainSender({ status, sender, checkedAt }: EmailDomainDetails) {
  const { t, format } = useWords();
  const { timeZone } = useSession().member.organization;
  return (
    <Text size="sm" c="dimmed">
      {t(status === 'verified' ? 'emailDomains.sender' : 'emailDomains.senderLater', { sender })}
      {checkedAt !== null && ` ${t('emailDomains.checked', { at: format.moment(checkedAt, timeZone) })}`}
    </Text>
  );
}
