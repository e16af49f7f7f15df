import { Alert, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { PassingButton } from '../app/passing-button.js';
import { useWords } from '../words/use-words.js';
import type { ChangedFact } from './changed-facts.js';
import { useFactWords } from './use-fact-words.js';

/** "500 is now 600": an approval waits until the reviewer has confirmed seeing it. */
export function ChangedFacts({ changed, onSeen }: { changed: readonly ChangedFact[]; onSeen: () => void }) {
  const { t } = useWords();
  const words = useFactWords();
  if (changed.length === 0) return null;
  return (
    <Alert color="yellow" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('review.changed')}>
      <Group justify="space-between" align="flex-end" gap="sm">
        <List size="sm">
          {changed.map((fact) => (
            <List.Item key={fact.what}>
              <Text size="sm" span>
                {inWords(fact)}
              </Text>
            </List.Item>
          ))}
        </List>
        <PassingButton onClick={onSeen}>{t('review.seen')}</PassingButton>
      </Group>
    </Alert>
  );

  function inWords(fact: ChangedFact): string {
    if (fact.what === 'checks') return t('review.checksChanged');
    const { what, was, is } = fact;
    return t('review.isNow', { what: t(`review.fact.${what}`), was: words(what, was), is: words(what, is) });
  }
}
