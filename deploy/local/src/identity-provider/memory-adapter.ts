import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  payload: AdapterPayload;
  expiresAt: number;
}

/** Keeps sessions and codes while the process runs. After a restart people sign in again with a click. */
export function memoryAdapter(): (model: string) => Adapter {
  const entries = new Map<string, Entry>();
  const valid = (key: string) => {
    const entry = entries.get(key);
    if (entry && entry.expiresAt > Date.now()) return entry.payload;
    entries.delete(key);
    return undefined;
  };
  return (model) => {
    const key = (id: string) => `${model}/${id}`;
    const findWhere = async (matches: (payload: AdapterPayload) => boolean) => {
      const found = [...entries.keys()].filter((name) => name.startsWith(key(''))).map(valid);
      return found.find((payload) => payload && matches(payload));
    };
    return {
      async upsert(id, payload, expiresIn) {
        for (const [name, { expiresAt }] of entries) if (expiresAt <= Date.now()) entries.delete(name);
        entries.set(key(id), { payload, expiresAt: expiresIn ? Date.now() + expiresIn * 1000 : Infinity });
      },
      find: async (id) => valid(key(id)),
      findByUid: (uid) => findWhere((payload) => payload.uid === uid),
      findByUserCode: (userCode) => findWhere((payload) => payload.userCode === userCode),
      async consume(id) {
        const payload = valid(key(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        entries.delete(key(id));
      },
      async revokeByGrantId(grantId) {
        for (const [name, { payload }] of entries) if (payload.grantId === grantId) entries.delete(name);
      },
    };
  };
}
