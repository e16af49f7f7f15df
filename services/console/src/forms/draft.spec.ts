import { draftOf } from './draft.js';

const initial = { name: '', datapoints: 20 as number | string };
function aTab() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

describe('a draft', () => {
  it('survives a reload as typed', () => {
    const tab = aTab();
    draftOf('one', initial, tab).write({ name: 'Sol', datapoints: '' });
    expect(draftOf('one', initial, tab).read()).toEqual({ name: 'Sol', datapoints: '' });
  });
  it("is not another member's or another form's", () => {
    const tab = aTab();
    draftOf('one', initial, tab).write({ name: 'Sol', datapoints: 20 });
    expect(draftOf('other', initial, tab).read()).toBeUndefined();
  });
  it('does not exist while nothing was changed', () => {
    const tab = aTab();
    const draft = draftOf('one', initial, tab);
    draft.write({ name: 'S', datapoints: 20 });
    draft.write({ name: '', datapoints: 20 });
    expect(tab.kept.size).toBe(0);
  });
  it('is gone once discarded', () => {
    const draft = draftOf('one', initial, aTab());
    draft.write({ name: 'Sol', datapoints: 20 });
    draft.discard();
    expect(draft.read()).toBeUndefined();
  });
  it('of an older form drops removed fields, and has new fields with their initial values', () => {
    const tab = aTab();
    tab.setItem('tenure.draft.one', JSON.stringify({ name: 'Sol', gone: 1 }));
    expect(draftOf('one', initial, tab).read()).toEqual({ name: 'Sol', datapoints: 20 });
  });
});
