/** The organizations with exactly this name; if there are none, those whose names differ only in case or outer space. */
export function organizationsNamed<T extends { name: string }>(organizations: readonly T[], typed: string): T[] {
  const plain = (name: string) => name.trim().toLowerCase();
  const exact = organizations.filter(({ name }) => name === typed);
  return exact.length > 0 ? exact : organizations.filter(({ name }) => plain(name) === plain(typed));
}
