import { Button, Group, Modal, Stack, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words.js';

interface AskFirstProps extends Pick<
  ModalProps,
  'opened' | 'onClose' | 'title' | 'returnFocus' | 'onExitTransitionEnd'
> {
  /** What it means, and why it was not done. */
  children: ReactNode;
  /** As the button says it. */
  does: string;
  isUnderWay: boolean;
  onSure: () => void;
}

/** A dialog that asks before what cannot be taken back is done. */
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
