import { Text } from '@mantine/core';
import { useWords } from '../words/use-words.js';

interface RecipientProps {
  name: string | null;
  email: string;
  contentsRemovedAt?: string | null | undefined;
}

/** The recipient of an e-mail; a fallback address has no name, and an old e-mail no recipient. */
export function Recipient({ name, email, contentsRemovedAt }: RecipientProps) {
  const { t } = useWords();
  if (contentsRemovedAt)
    return (
      <Text size="sm" c="dimmed">
        {t('email.recipientRemoved')}
      </Text>
    );
  // Where it does not fit, it breaks after the sign rather than within a word.
  const [local, domain] = email.split(/(?<=@)/);
  return (
    <>
      {name && <Text size="sm">{name}</Text>}
      <Text size="sm" c="dimmed">
        {local}
        <wbr />
        {domain}
      </Text>
    </>
  );
}
