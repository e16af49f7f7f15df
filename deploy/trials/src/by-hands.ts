/** Has the work done for each, in their order, by so many hands at once. */
export async function byHands<T>(hands: number, all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const left = all.values();
  const hand = async () => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: hands }, hand));
}
