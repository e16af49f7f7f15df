import type { FieldError } from '@tenure/contracts';

/**
 * The refusals of a form that no field shows: they concern none of its fields, or one that the user has not touched
 * yet. "Nothing would change" is not an obstacle.
 */
export function refusalsWithoutField(
  refusals: readonly FieldError[],
  isSaidAt: (field: string) => boolean,
): FieldError[] {
  return refusals.filter(({ path, code }) => code !== 'no_change' && !isSaidAt(path));
}
