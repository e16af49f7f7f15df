import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useWords } from '../words/use-words.js';

/** For Customer Success: a link to the e-mails to an address, which appears in no URL. */
export function ToEmails({ email }: { email: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      aria-label={`${t('emails.title')}: ${email}`}
      onClick={() => void navigate({ to: '/customer-success/emails', state: { email } })}
    >
      {t('emails.title')}
    </Button>
  );
}
