import { Button, Group, Modal, Stack, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words.js';

interface AskFirstProps extends Pick<
  ModalProps,
  'opened' | 'onClose' | 'title' | 'returnFocus' | 'onExitTransitionEnd'
> {
  /** What the action means, and why it failed. */
  children: ReactNode;
  /** The label of the button. */
  does: string;
  isUnderWay: boolean;
  onSure: () => void;
}

/** A dialog that asks for confirmation before something irreversible. */
export function AskFirst({ children, does, isUnderWay, onSure, ...dialog }: AskFirstProps) {
  const { t } = useWords();
  return (
    <Modal {...dialog} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="md">
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={dialog.onClose}>
            {t('action.cancel')}
          </Button>
          <Button color="red.9" aria-disabled={isUnderWay || undefined} onClick={onSure}>
            {does}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
