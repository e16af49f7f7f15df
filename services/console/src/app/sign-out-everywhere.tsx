import { Alert, Text } from '@mantine/core';
import { signOutEverywhere } from '../api/calls.js';
import { useWords } from '../words/use-words.js';
import { AskFirst } from './ask-first.js';
import { failureWords } from './failure-words.js';
import { useLeave } from './use-leave.js';

interface SignOutEverywhereProps {
  opened: boolean;
  onClose: () => void;
  /** Where the focus goes after closing: the button that opened the dialog is gone with its menu. */
  onClosed: () => void;
}

/** Asks before ending all of the member's sessions and tokens: programs will need a new token. */
export function SignOutEverywhere({ opened, onClose, onClosed }: SignOutEverywhereProps) {
  const { t } = useWords();
  const leave = useLeave(signOutEverywhere);
  return (
    <AskFirst
      opened={opened}
      onClose={onClose}
      returnFocus={false}
      onExitTransitionEnd={onClosed}
      title={t('shell.signOutEverywhere')}
      does={t('shell.signOutEverywhere')}
      isUnderWay={leave.isPending}
      onSure={() => leave.isPending || leave.mutate()}
    >
      <Text size="sm">{t('shell.signOutEverywhereIs')}</Text>
      {leave.isError && (
        <Alert color="red" role="alert">
          {failureWords(leave.error, t)}
        </Alert>
      )}
    </AskFirst>
  );
}
