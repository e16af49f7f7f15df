/** What was typed in a form, kept in this tab: it survives a reload and a sign-in. */
export interface Draft<V> {
  read(): V | undefined;
  write(values: V): void;
  discard(): void;
}

/** @param name the form and the member; stored fields that the form no longer has are dropped */
export function draftOf<V extends object>(
  name: string,
  initial: V,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): Draft<V> {
  const key = `tenure.draft.${name}`;
  return {
    read() {
      const kept = storage.getItem(key);
      if (kept === null) return undefined;
      const typed = JSON.parse(kept) as Partial<V>;
      return Object.fromEntries(
        Object.entries(initial).map(([field, value]) => [field, typed[field as keyof V] ?? value]),
      ) as V;
    },
    write(values) {
      const isUntouched = JSON.stringify(values) === JSON.stringify(initial);
      if (isUntouched) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(values));
    },
    discard: () => storage.removeItem(key),
  };
}
