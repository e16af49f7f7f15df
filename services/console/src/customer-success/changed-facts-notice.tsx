import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useLicenseName } from '../account/license-name.js';
import { useWords } from '../words/use-words.js';
import type { ChangedFact } from './changed-facts.js';

/** "500 is now 600": an approval waits until this was seen. */
export function ChangedFacts({ changed, onSeen }: { changed: readonly ChangedFact[]; onSeen: () => void }) {
  const { t, format } = useWords();
  const licenseName = useLicenseName();
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
        <Button onClick={onSeen}>{t('review.seen')}</Button>
      </Group>
    </Alert>
  );

  function inWords(fact: ChangedFact): string {
    if (fact.what === 'checks') return t('review.checksChanged');
    return t('review.isNow', { what: t(`review.fact.${fact.what}`), was: value(fact.was), is: value(fact.is) });

    function value(of: string | number): string {
      if (typeof of === 'number') return format.number(of);
      if (fact.what === 'license') return licenseName(of);
      if (fact.what === 'expiresOn') return format.day(of);
      return t(`accountState.${of as 'active' | 'expired'}`);
    }
  }
}
