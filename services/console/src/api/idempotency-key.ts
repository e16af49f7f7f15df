/**
 * The idempotency key of a submission: the same for the same content until it is answered, even after a reload, so that
 * something that may have arrived is never done twice. Changed content gets a new key.
 */
export interface KeyStore {
  keyFor(content: unknown): string;
  /** An answer has arrived: sending again is a new submission, even with the same content. */
  answered(): void;
}

/** @param scope what is sent, such as `new_account` or `withdraw/<id>`; @param storage of this tab */
export function keyStore(scope: string, storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): KeyStore {
  const name = `tenure.key.${scope}`;
  return {
    keyFor(content) {
      const text = JSON.stringify(content);
      const kept = read(storage.getItem(name));
      if (kept?.text === text) return kept.key;
      const key = crypto.randomUUID();
      storage.setItem(name, JSON.stringify({ text, key }));
      return key;
    },
    answered: () => storage.removeItem(name),
  };
}

function read(kept: string | null): { text: string; key: string } | undefined {
  return kept === null ? undefined : (JSON.parse(kept) as { text: string; key: string });
}
