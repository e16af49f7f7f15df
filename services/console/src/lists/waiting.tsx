import { Box, Skeleton } from '@mantine/core';
import { useWords } from '../words/use-words.js';
import { useLater } from './use-later.js';

/** The room of something that is loading, with a placeholder once that takes a while. */
export function Waiting({ height }: { height: number }) {
  const { t } = useWords();
  return useLater(true) ? <Skeleton height={height} aria-busy aria-label={t('list.loading')} /> : <Box h={height} />;
}
