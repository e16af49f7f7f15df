import { OwnButton } from './own-button.js';
import { useWhenAsked } from './use-when-asked.js';

const load = () => import('./opened-own-menu.js').then(({ OpenedOwnMenu }) => OpenedOwnMenu);

/** One's own menu: who one is, the language (also that of one's e-mails), the appearance, sign out here or everywhere. */
export function OwnMenu() {
  const { Menu, button } = useWhenAsked(load);
  return Menu ? <Menu /> : <OwnButton {...button} />;
}
