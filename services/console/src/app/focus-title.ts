/**
 * Moves the focus to the page's title when the element that had it is gone, such as the button of a row that was
 * resolved.
 */
export function focusTitle(): void {
  document.querySelector('h1')?.focus({ preventScroll: true });
}
