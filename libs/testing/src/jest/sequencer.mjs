import TestSequencer from '@jest/test-sequencer';

/**
 * Specs of whole stacks come first: they take minutes, and started last, one would keep a single worker busy. Jest
 * knows the slow files from the previous run; on a new machine it goes by file size.
 */
export default class WholeStacksFirst extends TestSequencer {
  sort(tests) {
    const isWhole = ({ path }) => path.endsWith('.e2e.spec.ts');
    return super.sort(tests).toSorted((a, b) => Number(isWhole(b)) - Number(isWhole(a)));
  }
}
