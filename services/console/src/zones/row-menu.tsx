import type { AccountView } from '@tenure/contracts';
import { useWhenAsked } from '../app/use-when-asked.js';
import { Dots } from './dots.js';

const load = () => import('./opened-row-menu.js').then(({ OpenedRowMenu }) => OpenedRowMenu);

/** What a SuperAdmin can apply for, for an active account. */
export function RowMenu({ account }: { account: Pick<AccountView, 'accountId' | 'accountName'> }) {
  const { Menu, button } = useWhenAsked(load);
  return Menu ? <Menu account={account} /> : <Dots account={account} {...button} />;
}
