/** Where Jest's environment finds them (`jest/environment.mjs`), and lets them go with the spec file. */
const witnesses = Symbol.for('tenure.witnesses');

/** Has every test of this file that fails say, with its error, what is told then: as it stands before any `afterEach`. */
export function whenATestFails(tell: () => string | Promise<string>): void {
  const all = globalThis as { [witnesses]?: (typeof tell)[] };
  (all[witnesses] ??= []).push(tell);
}
