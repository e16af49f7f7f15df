import { ActionIcon, type ActionIconProps, type ElementProps } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { AccountView } from '@tenure/contracts';
import { useWords } from '../words/use-words.js';

interface DotsProps extends ActionIconProps, ElementProps<'button', keyof ActionIconProps> {
  account: Pick<AccountView, 'accountName'>;
}

/** Opens the menu of a row. */
export function Dots({ account, ...others }: DotsProps) {
  const { t } = useWords();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="inherit"
      aria-label={t('action.actionsFor', { name: account.accountName })}
      {...others}
    >
      <IconDots size={18} aria-hidden />
    </ActionIcon>
  );
}
