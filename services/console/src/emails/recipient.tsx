import { Text } from '@mantine/core';

/** The recipient of an e-mail; a fallback address has no name. */
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
