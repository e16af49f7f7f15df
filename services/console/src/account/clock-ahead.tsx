import { Text } from '@mantine/core';
import { useWords } from '../words/use-words.js';

const dayInSeconds = 86_400;

/** Sandbox: "+334 d" where an account's clock was moved forward. */
export function ClockAhead({ seconds }: { seconds: number }) {
  const { t, format } = useWords();
  if (seconds === 0) return null;
  const count = Math.round(seconds / dayInSeconds);
  const days = format.number(count);
  return (
    <Text size="xs" span c="dimmed" title={t('clockAheadIs', { count, days })}>
      {t('clockAhead', { days })}
    </Text>
  );
}
