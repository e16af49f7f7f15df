import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useWords } from '../words/use-words.js';
import { useKeysSetting } from './use-keys.js';

/** Turns the single keys on and off. */
export function KeysItem() {
  const { t } = useWords();
  const [areOn, setOn] = useKeysSetting();
  return (
    <Menu.Item
      role="menuitemcheckbox"
      aria-checked={areOn}
      leftSection={areOn ? <IconCheck size={16} aria-hidden /> : <span />}
      onClick={() => setOn(!areOn)}
    >
      {t('review.keys')}
    </Menu.Item>
  );
}
