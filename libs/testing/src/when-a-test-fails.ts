/** Jest's environment finds the witnesses here (`jest/environment.mjs`), and drops them after the spec file. */
const witnesses = Symbol.for('tenure.witnesses');

/** Adds text to the error of every failed test of this file, collected before any `afterEach`. */
export function whenATestFails(tell: () => string | Promise<string>): void {
  const all = globalThis as { [witnesses]?: (typeof tell)[] };
  (all[witnesses] ??= []).push(tell);
}
