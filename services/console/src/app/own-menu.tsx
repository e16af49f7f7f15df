import { OwnButton } from './own-button.js';
import { useWhenAsked } from './use-when-asked.js';

const load = () => import('./opened-own-menu.js').then(({ OpenedOwnMenu }) => OpenedOwnMenu);

/** The member's own menu: name, language (also of their e-mails), appearance, sign-out here or everywhere. */
export function OwnMenu() {
  const { Menu, button } = useWhenAsked(load);
  return Menu ? <Menu /> : <OwnButton {...button} />;
}
