import { Menu } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AccountView } from '@tenure/contracts';
import type { ComponentProps } from 'react';
import { accountForms } from '../account/account-forms.js';
import { useTakenPlace } from '../app/use-when-asked.js';
import { useWords } from '../words/use-words.js';
import type { ZoneSearch } from './account-search.js';
import { Dots } from './dots.js';

const MenuItemAnchor = (props: ComponentProps<typeof Menu.Item<'a'>>) => <Menu.Item component="a" {...props} />;
const MenuItemTo = createLink(MenuItemAnchor);

export interface RowMenuProps {
  account: Pick<AccountView, 'accountId' | 'accountName'>;
  /** The list that contains the row. */
  list: ZoneSearch;
}

export function OpenedRowMenu({ account, list }: RowMenuProps) {
  const { t } = useWords();
  const dots = useTakenPlace();
  const params = { accountId: account.accountId };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Dots ref={dots} account={account} />
      </Menu.Target>
      <Menu.Dropdown>
        {accountForms.map(({ to, label }) => (
          <MenuItemTo key={to} to={to} params={params} search={list}>
            {t(label)}
          </MenuItemTo>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
