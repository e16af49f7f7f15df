/**
 * Moves the focus to the page's title when the element that had it is gone, such as the button of a row that was
 * resolved.
 */
export function focusTitle(): void {
  document.querySelector('h1')?.focus({ preventScroll: true });
}

/** For what is being removed: in the next frame, the title gets the focus if nothing else has it by then. */
export function focusTitleIfLost(): void {
  requestAnimationFrame(() => document.activeElement === document.body && focusTitle());
}
