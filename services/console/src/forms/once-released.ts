let press: PromiseWithResolvers<void> | undefined;
addEventListener('pointerdown', () => void (press ??= Promise.withResolvers()), { capture: true });
// A press that opens a select or a context menu may not be released on the page: what comes next is a key or a press.
for (const end of ['pointerup', 'pointercancel', 'keydown'])
  addEventListener(
    end,
    () => {
      // The click comes right after the release.
      if (press) setTimeout(press.resolve);
      press = undefined;
    },
    { capture: true },
  );

/**
 * Runs it now, or after the click if the pointer is pressed: a button that moves between press and release gets no
 * click.
 */
export function onceReleased(run: () => void): void {
  if (press) void press.promise.then(run);
  else run();
}
