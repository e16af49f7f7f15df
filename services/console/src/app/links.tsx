import { ActionIcon, Anchor, Button, Menu } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

/** Mantine's components as links that know every page and what its address takes. */
export const LinkTo = createLink(Anchor<'a'>);
export const ButtonTo = createLink(Button<'a'>);
export const IconTo = createLink(ActionIcon<'a'>);
export const MenuItemTo = createLink(Menu.Item<'a'>);
