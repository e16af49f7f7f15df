/** Does the work for each item, in order, with the given concurrency. A generator makes each item when it is needed. */
export async function concurrently<T>(
  hands: number,
  all: Iterable<T>,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const left = (function* () {
    yield* all;
  })();
  const hand = async () => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: hands }, hand));
}
