/** Figures that are read at the same time are read once: whoever asks while an answer is awaited gets the same. */
export function onceAtATime<T>(read: () => Promise<T>): () => Promise<T> {
  let awaited: Promise<T> | undefined;
  return () => (awaited ??= read().finally(() => (awaited = undefined)));
}
