import { Menu } from '@mantine/core';
import { useWords } from '../words/use-words.js';
import { useKeysSetting } from './use-keys.js';

/** Turns the single keys on and off. */
export function KeysItem() {
  const { t } = useWords();
  const [areOn, setOn] = useKeysSetting();
  return (
    <Menu.CheckboxItem checked={areOn} onChange={setOn}>
      {t('review.keys')}
    </Menu.CheckboxItem>
  );
}
