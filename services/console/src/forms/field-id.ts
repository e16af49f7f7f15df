/** The id of a form's field, for what leads to it. */
export function fieldId(name: string): string {
  return `field-${name}`;
}
