import type { Refusal } from '@tenure/contracts';

/**
 * Accounts and licensing both check some fields: if accounts has refused a field, licensing's refusal of it is dropped.
 */
export function joinRefusals(own: readonly Refusal[], licensing: readonly Refusal[]): Refusal[] {
  const said = new Set(own.map(({ path }) => path));
  return [...own, ...licensing.filter(({ path }) => !said.has(path))];
}

/** Whether the country or the time zone is wrong, so that no date can be calculated and licensing need not be asked. */
export function placeIsWrong(refusals: readonly Refusal[]): boolean {
  return refusals.some(({ path }) => path === 'country' || path === 'timeZone');
}
