/** Does the work for each item, in order, with the given concurrency. */
export async function concurrently<T>(
  hands: number,
  all: readonly T[],
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const left = all.values();
  const hand = async () => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: hands }, hand));
}
