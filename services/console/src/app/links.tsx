import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

const ButtonAnchor = (props: ComponentProps<typeof Button<'a'>>) => <Button component="a" {...props} />;

/**
 * Mantine components as real links (to open in another tab, to copy), typed by the routes and their search parameters.
 */
export const LinkTo = createLink(Anchor<'a'>);
export const ButtonTo = createLink(ButtonAnchor);
