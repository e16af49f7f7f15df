import { keyStore } from './idempotency-key.js';

function aTab() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

describe('the idempotency key of a submission', () => {
  it('is the same for the same content, even after a reload', () => {
    const tab = aTab();
    const key = keyStore('new_account', tab).keyFor({ name: 'Sol' });
    expect(keyStore('new_account', tab).keyFor({ name: 'Sol' })).toBe(key);
  });
  it('changes with the content', () => {
    const keys = keyStore('new_account', aTab());
    expect(keys.keyFor({ name: 'Sol' })).not.toBe(keys.keyFor({ name: 'Luna' }));
  });
  it('differs for another subject with the same content', () => {
    const tab = aTab();
    expect(keyStore('withdraw/1', tab).keyFor({})).not.toBe(keyStore('withdraw/2', tab).keyFor({}));
  });
  it('changes once there is an answer', () => {
    const keys = keyStore('new_account', aTab());
    const first = keys.keyFor({ name: 'Sol' });
    keys.answered();
    expect(keys.keyFor({ name: 'Sol' })).not.toBe(first);
  });
});
