import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { signOutEverywhere } from '../api/calls.js';
import { useWords } from '../words/use-words.js';
import { failureWords } from './failure-words.js';
import { useLeave } from './use-leave.js';

interface SignOutEverywhereProps {
  opened: boolean;
  onClose: () => void;
  /** Where the focus goes then: what it came from is gone with its menu. */
  onClosed: () => void;
}

/** Asks before it ends all that one has signed in with: programs have to be given another token. */
export function SignOutEverywhere({ opened, onClose, onClosed }: SignOutEverywhereProps) {
  const { t } = useWords();
  const leave = useLeave(signOutEverywhere);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      returnFocus={false}
      onExitTransitionEnd={onClosed}
      title={t('shell.signOutEverywhere')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('shell.signOutEverywhereIs')}</Text>
        {leave.isError && (
          <Alert color="red" role="alert">
            {failureWords(leave.error, t)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            color="red.9"
            aria-disabled={leave.isPending || undefined}
            onClick={() => leave.isPending || leave.mutate()}
          >
            {t('shell.signOutEverywhere')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
