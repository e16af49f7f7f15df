import { ActionIcon } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconCommand } from '@tabler/icons-react';
import { lazy, Suspense, useRef } from 'react';
import { useWords } from '../words/use-words.js';

const Palette = lazy(() => import('./palette.js').then((module) => ({ default: module.Palette })));

/** The command palette's button, and its key; the palette itself comes when it is first opened. */
export function OpenPalette() {
  const { t } = useWords();
  const before = useRef<HTMLElement | null>(null);
  const [opened, { open, close }] = useDisclosure(false, {
    onOpen: () => (before.current = document.activeElement as HTMLElement),
    onClose: () => before.current?.focus(),
  });
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t('palette.title')}
        aria-keyshortcuts="Control+K Meta+K"
        title={t('palette.hint')}
        onClick={open}
      >
        <IconCommand size={18} aria-hidden />
      </ActionIcon>
      {opened && (
        <Suspense>
          <Palette onClose={close} />
        </Suspense>
      )}
    </>
  );
}
