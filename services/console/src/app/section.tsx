import { Group, Paper, Title, type PaperProps } from '@mantine/core';
import { useId, type AriaAttributes, type ReactNode } from 'react';

interface SectionProps extends Pick<PaperProps, 'mb'>, Pick<AriaAttributes, 'aria-busy'> {
  title: string;
  /** At the other end of the line of the title. */
  beside?: ReactNode;
  children: ReactNode;
}

/** A framed part of a page under its title. */
export function Section({ title, beside, children, ...frame }: SectionProps) {
  const id = useId();
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={id} {...frame}>
      <Group justify="space-between" gap="0 md" mih={26} mb="xs">
        <Title order={2} size="h5" id={id}>
          {title}
        </Title>
        {beside}
      </Group>
      {children}
    </Paper>
  );
}
