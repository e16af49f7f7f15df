import TestSequencer from '@jest/test-sequencer';

/**
 * What runs whole stacks comes first: it takes minutes, and begun last, one worker goes on with it alone. Jest knows which
 * files take long from the run before; on a new machine it goes by how long their text is.
 */
export default class WholeStacksFirst extends TestSequencer {
  sort(tests) {
    const isWhole = ({ path }) => path.endsWith('.e2e.spec.ts');
    return super.sort(tests).toSorted((a, b) => Number(isWhole(b)) - Number(isWhole(a)));
  }
}
