import TestSequencer from '@jest/test-sequencer';

/** What takes longest: the stories in a browser, then the other specs of whole stacks. */
const first = [/\/browser\/[^/]*\.e2e\.spec\.ts$/, /\.e2e\.spec\.ts$/, /./];

/**
 * Specs of whole stacks come first: they take minutes, and started last, one would keep a single worker busy. Jest
 * knows the slow files from the previous run; on a new machine it goes by file size.
 */
export default class WholeStacksFirst extends TestSequencer {
  sort(tests) {
    const turn = ({ path }) => first.findIndex((pattern) => pattern.test(path));
    return super.sort(tests).toSorted((a, b) => turn(a) - turn(b));
  }
}
