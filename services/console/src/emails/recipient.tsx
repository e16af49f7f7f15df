import { Text } from '@mantine/core';

/** Whom an e-mail went to; a fallback address has no name. */
export function Recipient({ name, email }: { name: string | null; email: string }) {
  return (
    <>
      {name && <Text size="sm">{name}</Text>}
      <Text size="sm" c="dimmed">
        {email}
      </Text>
    </>
  );
}
