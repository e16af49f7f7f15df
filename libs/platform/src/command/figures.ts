/** `1,204`. */
export function figure(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 account`, `1,204 accounts`. */
export function counted(value: number, noun: string): string {
  return `${figure(value)} ${noun}${value === 1 ? '' : 's'}`;
}
