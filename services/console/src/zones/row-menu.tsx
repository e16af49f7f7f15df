import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { AccountView } from '@tenure/contracts';
import { MenuItemTo } from '../app/links.js';
import { useWords } from '../words/use-words.js';

/** What a SuperAdmin can apply for, for an active account. */
export function RowMenu({ account: { accountId, accountName } }: { account: AccountView }) {
  const { t } = useWords();
  const params = { accountId };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="inherit"
          aria-label={t('action.actionsFor', { name: accountName })}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
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
