import { Alert, Button, Group, Text } from '@mantine/core';
import { focusTitle } from '../app/focus-title.js';
import { useWords } from '../words/use-words.js';

interface DraftNoticeProps {
  restored: boolean;
  onDiscard: () => void;
  /** What was typed, where a page has several forms. */
  of?: string;
}

/** Says that typed text was restored, and offers to discard it. */
export function DraftNotice({ restored, onDiscard, of }: DraftNoticeProps) {
  const { t } = useWords();
  if (!restored) return null;
  return (
    <Alert color="brand" py="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t('form.restored')}</Text>
        <Button
          variant="default"
          size="compact-sm"
          {...(of && { 'aria-label': `${t('form.discard')}: ${of}` })}
          onClick={() => {
            onDiscard();
            focusTitle();
          }}
        >
          {t('form.discard')}
        </Button>
      </Group>
    </Alert>
  );
}
