import { Group, Paper, Stack, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface OrganizationPartProps {
  title: string;
  /** The way to the whole list. */
  all?: ReactNode;
  /** It is still loading, and its height is unknown. */
  isWaiting?: boolean;
  /** It is no list, which has its own frame. */
  isFramed?: boolean;
  children: ReactNode;
}

/** A part of an organization's page. */
export function OrganizationPart({ title, all, isWaiting = false, isFramed = false, children }: OrganizationPartProps) {
  const id = useId();
  return (
    <Stack component="section" gap="xs" aria-labelledby={id} data-waiting={isWaiting || undefined}>
      <Group justify="space-between" align="baseline" gap="0 1rem">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        {all}
      </Group>
      {isFramed ? (
        <Paper withBorder p="md">
          <Stack gap="xs">{children}</Stack>
        </Paper>
      ) : (
        children
      )}
    </Stack>
  );
}
