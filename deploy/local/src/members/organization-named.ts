/** The one of that name, however it was typed: case and the space around it make no other organization. */
export function organizationNamed<T extends { name: string }>(
  organizations: readonly T[],
  typed: string,
): T | undefined {
  const plain = (name: string) => name.trim().toLowerCase();
  return (
    organizations.find(({ name }) => name === typed) ?? organizations.find(({ name }) => plain(name) === plain(typed))
  );
}
