import { Alert } from '@mantine/core';
import { useLiveState } from '../api/live.js';
import { useWords } from '../words/use-words.js';

/** Says that what others do does not appear by itself at the moment. */
export function LiveNotice() {
  const { t } = useWords();
  return useLiveState() === 'paused' ? (
    <Alert color="yellow" radius={0} py="xs">
      {t('live.paused')}
    </Alert>
  ) : null;
}
