import type { Refusal } from '@tenure/contracts';

/** Accounts and licensing both look at some fields: what accounts has said of a field, licensing does not say again. */
export function joinRefusals(own: readonly Refusal[], licensing: readonly Refusal[]): Refusal[] {
  const said = new Set(own.map(({ path }) => path));
  return [...own, ...licensing.filter(({ path }) => !said.has(path))];
}

/** Where an account would be is wrong: no date can be reckoned, so that licensing need not be asked. */
export function placeIsWrong(refusals: readonly Refusal[]): boolean {
  return refusals.some(({ path }) => path === 'country' || path === 'timeZone');
}
