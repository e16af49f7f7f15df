import { ActionIcon, Menu, type ActionIconProps, type ElementProps } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { AccountView } from '@tenure/contracts';
import { startTransition, useEffect, useRef, useState } from 'react';
import { MenuItemTo } from '../app/links.js';
import { useWords } from '../words/use-words.js';

type Account = Pick<AccountView, 'accountId' | 'accountName'>;

/**
 * What a SuperAdmin can apply for, for an active account. A menu is made when it is asked for: fifty of them would be most
 * of what a page of accounts costs.
 */
export function RowMenu({ account }: { account: Account }) {
  const [isAsked, setAsked] = useState(false);
  if (isAsked) return <OpenMenu account={account} />;
  return (
    <Dots
      account={account}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => startTransition(() => setAsked(true))}
    />
  );
}

function OpenMenu({ account }: { account: Account }) {
  const { t } = useWords();
  const dots = useRef<HTMLButtonElement>(null);
  // It takes the place of the button that was pressed: what was done to that one is done to its own.
  useEffect(() => {
    dots.current?.focus();
    dots.current?.click();
  }, []);
  const params = { accountId: account.accountId };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Dots ref={dots} account={account} />
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItemTo to="/account-management/accounts/$accountId/datapoints" params={params}>
          {t('action.editDatapoints')}
        </MenuItemTo>
        <MenuItemTo to="/account-management/accounts/$accountId/license" params={params}>
          {t('action.editLicense')}
        </MenuItemTo>
        <MenuItemTo to="/account-management/accounts/$accountId/renewal" params={params}>
          {t('action.renew')}
        </MenuItemTo>
      </Menu.Dropdown>
    </Menu>
  );
}

interface DotsProps extends ActionIconProps, ElementProps<'button', keyof ActionIconProps> {
  account: Account;
}

function Dots({ account, ...others }: DotsProps) {
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
