import { Paper, Title, type PaperProps } from '@mantine/core';
import { useId, type AriaAttributes, type ReactNode } from 'react';

interface SectionProps extends Pick<PaperProps, 'mb'>, Pick<AriaAttributes, 'aria-busy'> {
  title: string;
  children: ReactNode;
}

/** A framed part of a page under its title. */
export function Section({ title, children, ...frame }: SectionProps) {
  const id = useId();
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={id} {...frame}>
      <Title order={2} size="h5" id={id} mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}
