/**
 * The strings in a value, each with its path, last to first; field names count as strings. Iterative, because a value
 * of a hundred thousand brackets would overflow the stack.
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
