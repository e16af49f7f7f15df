import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentProps } from 'react';
import { useSendLabel } from './use-send-label.js';

interface SubmitButtonProps extends ButtonProps, Pick<ComponentProps<'button'>, 'type' | 'onClick' | 'ref'> {
  send: { sending: boolean; uncertain: boolean };
  /** Its label, unless it is sending or has to be tried again. */
  children: string;
}

/** Says that it is sending, and is never disabled, so that it keeps the focus. */
export function SubmitButton({ send, children, type = 'submit', ...others }: SubmitButtonProps) {
  const label = useSendLabel();
  return (
    <Button {...others} type={type} aria-disabled={send.sending || undefined}>
      {label(send, children)}
    </Button>
  );
}
