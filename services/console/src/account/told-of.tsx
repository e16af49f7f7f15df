import { Text } from '@mantine/core';
import type { NoticeGroup } from '@tenure/contracts';
import { useWords } from '../words/use-words.js';

/** What a SuperAdmin is told of accounts. */
export function ToldOf({ told: [group, other] }: { told: readonly NoticeGroup[] }) {
  const { t } = useWords();
  return (
    <Text size="sm">
      {group === undefined ? t('recipients.nothing') : t(`recipients.told.${other === undefined ? group : 'both'}`)}
    </Text>
  );
}
