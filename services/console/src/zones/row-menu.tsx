import { useWhenAsked } from '../app/use-when-asked.js';
import { Dots } from './dots.js';
import type { RowMenuProps } from './opened-row-menu.js';

const load = () => import('./opened-row-menu.js').then(({ OpenedRowMenu }) => OpenedRowMenu);

/** What a SuperAdmin can apply for, for an active account. */
export function RowMenu({ account, list }: RowMenuProps) {
  const { Menu, button } = useWhenAsked(load);
  return Menu ? <Menu account={account} list={list} /> : <Dots account={account} {...button} />;
}
