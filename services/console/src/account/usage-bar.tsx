import { Group, Progress, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useWords } from '../words/use-words.js';
import { isNearlyFull, usedShare } from './use.js';

interface UsageBarProps {
  used: number;
  contracted: number;
}

/** A bar of the datapoints used, with its words: "480 used · 20 left". */
export function UsageBar({ used, contracted }: UsageBarProps) {
  const { t, format } = useWords();
  const nearlyFull = isNearlyFull({ used, contracted });
  const left = Math.max(contracted - used, 0);
  const words = t('datapoints.usedAndLeft', { count: left, used: format.number(used), left: format.number(left) });
  return (
    <div>
      <Group gap="0 6px">
        <Text size="sm">{words}</Text>
        {nearlyFull && (
          <Text size="xs" fw={600} span>
            <IconAlertTriangle size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('datapoints.nearlyFull')}
          </Text>
        )}
      </Group>
      <Progress
        value={usedShare({ used, contracted })}
        color={nearlyFull ? 'orange.7' : 'brand'}
        size="sm"
        mt={4}
        maw="14rem"
        aria-hidden
      />
    </div>
  );
}
