import { Button, Text, type ButtonProps, type ElementProps } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import { useSession } from '../api/use-session.js';
import classes from './shell.module.css';

/** Opens the member's own menu. */
export function OwnButton(props: ButtonProps & ElementProps<'button', keyof ButtonProps>) {
  const { member } = useSession();
  return (
    <Button
      variant="subtle"
      c="inherit"
      px="xs"
      leftSection={<IconUserCircle size={20} aria-hidden />}
      maw="16rem"
      className={classes.own}
      {...props}
    >
      <Text inherit span lineClamp={2}>
        {member.name}
      </Text>
    </Button>
  );
}
