/** The paths of the texts in a value that have a null character, which no database can store. A name counts as a text. */
export function nullCharacters(value: unknown): string[] {
  const found: string[] = [];
  // Without recursion, which a value of a hundred thousand brackets would make too deep.
  const left: [path: string, value: unknown][] = [['', value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [path, inner] = next;
    if (typeof inner === 'string') {
      if (inner.includes('\0')) found.push(path);
    } else if (typeof inner === 'object' && inner !== null)
      for (const [name, field] of Object.entries(inner)) {
        const within = path === '' ? name : `${path}.${name}`;
        if (name.includes('\0')) found.push(within);
        left.push([within, field]);
      }
  }
  return found.toReversed();
}
