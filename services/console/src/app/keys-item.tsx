import { Menu, Text } from '@mantine/core';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import { useKeysSetting } from './use-keys.js';

/** Turns the single-key shortcuts on and off, and explains them. */
export function KeysItem() {
  const { t } = useWords();
  const { isCustomerSuccess } = useSession();
  const [areOn, setOn] = useKeysSetting();
  return (
    <Menu.CheckboxItem checked={areOn} onChange={setOn}>
      {t('shell.keys')}
      <Text size="xs" c="dimmed">
        {t('shell.keysAre')}
      </Text>
      {isCustomerSuccess && (
        <Text size="xs" c="dimmed">
          {t('shell.keysOfReview')}
        </Text>
      )}
    </Menu.CheckboxItem>
  );
}
