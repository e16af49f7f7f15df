/** Shares one read between concurrent callers: a call while an answer is awaited gets the same answer. */
export function onceAtATime<T>(read: () => Promise<T>): () => Promise<T> {
  let awaited: Promise<T> | undefined;
  return () => (awaited ??= read().finally(() => (awaited = undefined)));
}
