/**
 * The texts in a value, each with its path, last to first; a name counts as a text. Without recursion, which a value of a
 * hundred thousand brackets would make too deep.
 */
export function* textsIn(value: unknown): Generator<{ path: string; text: string }> {
  const left: [path: string, value: unknown][] = [['', value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [path, inner] = next;
    if (typeof inner === 'string') yield { path, text: inner };
    else if (typeof inner === 'object' && inner !== null)
      for (const [name, field] of Object.entries(inner)) {
        const within = path === '' ? name : `${path}.${name}`;
        yield { path: within, text: name };
        left.push([within, field]);
      }
  }
}
