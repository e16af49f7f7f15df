/** What had the focus is gone, such as the button of a row that was settled: the page's title has it then. */
export function focusTitle(): void {
  document.querySelector('h1')?.focus({ preventScroll: true });
}
