import { ActionIcon } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconCommand } from '@tabler/icons-react';
import { useRef } from 'react';
import { focusTitle } from '../app/focus-title.js';
import { usePart } from '../app/use-part.js';
import { useWords } from '../words/use-words.js';

const load = () => import('./palette.js').then(({ Palette }) => Palette);

/** The command palette's button and shortcut; its code loads when it is first opened. */
export function OpenPalette() {
  const { t } = useWords();
  const before = useRef<HTMLElement | null>(null);
  const [opened, { open, close }] = useDisclosure(false, {
    onOpen: () => (before.current = document.activeElement as HTMLElement),
    onClose: () => (before.current?.isConnected ? before.current.focus() : focusTitle()),
  });
  const { Part: Palette, ask } = usePart(load);
  const openIt = () => {
    open();
    ask();
  };
  useHotkeys([['mod+K', openIt]], []);
  return (
    <>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t('palette.title')}
        aria-keyshortcuts="Control+K Meta+K"
        title={t('palette.hint')}
        onClick={openIt}
      >
        <IconCommand size={18} aria-hidden />
      </ActionIcon>
      {opened && Palette && <Palette onClose={close} />}
    </>
  );
}
