import { Text } from '@mantine/core';
import type { NoticeGroup } from '@tenure/contracts';
import { useWords } from '../words/use-words.js';

/** Which notices about accounts a SuperAdmin receives. */
export function ToldOf({ told: [group, other] }: { told: readonly NoticeGroup[] }) {
  const { t } = useWords();
  return (
    <Text size="sm">
      {group === undefined ? t('recipients.nothing') : t(`recipients.told.${other === undefined ? group : 'both'}`)}
    </Text>
  );
}
