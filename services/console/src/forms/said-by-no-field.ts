import type { FieldError } from '@tenure/contracts';

/**
 * Why a form as it stands would not be accepted, where no field says so: it is about none of its fields, or about one that
 * nobody has touched yet. That nothing would change is no obstacle.
 */
export function saidByNoField(refusals: readonly FieldError[], isSaidAt: (field: string) => boolean): FieldError[] {
  return refusals.filter(({ path, code }) => code !== 'no_change' && !isSaidAt(path));
}
