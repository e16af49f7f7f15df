import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { focusTitle } from '../app/focus-title.js';
import { usePart } from '../app/use-part.js';
import { useWords } from '../words/use-words.js';

const load = () => import('./palette.js').then(({ Palette }) => Palette);

/** The command palette's button and shortcut; its code loads when it is first opened. */
export function OpenPalette() {
  const { t } = useWords();
  const before = useRef<HTMLElement | null>(null);
  const [text, setText] = useState('');
  const [opened, { open, close }] = useDisclosure(false, {
    onOpen: () => {
      before.current = document.activeElement as HTMLElement;
      setText('');
    },
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
        <IconSearch size={18} aria-hidden />
      </ActionIcon>
      {opened && <TypedAhead text={text} onType={setText} onClose={close} />}
      {opened && Palette && <Palette text={text} onType={setText} onClose={close} />}
    </>
  );
}

interface TypedAheadProps {
  text: string;
  onType: (text: string) => void;
  onClose: () => void;
}

/** Takes what is typed before the palette's own field has the focus, which would act as single-key shortcuts. */
function TypedAhead({ text, onType, onClose }: TypedAheadProps) {
  const { t } = useWords();
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), []);
  return (
    <VisuallyHidden>
      <input
        ref={field}
        tabIndex={-1}
        aria-label={t('palette.title')}
        value={text}
        maxLength={100}
        onChange={({ currentTarget }) => onType(currentTarget.value)}
        onKeyDown={({ key }) => key === 'Escape' && onClose()}
      />
    </VisuallyHidden>
  );
}
