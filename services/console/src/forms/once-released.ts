let isPressed = false;
addEventListener('pointerdown', () => void (isPressed = true), { capture: true });
for (const end of ['pointerup', 'pointercancel'])
  addEventListener(end, () => void (isPressed = false), { capture: true });

/**
 * Runs it now, or after the click if the pointer is pressed: a button that moves between press and release gets no
 * click.
 */
export function onceReleased(run: () => void): void {
  if (!isPressed) return run();
  const released = new AbortController();
  for (const end of ['pointerup', 'pointercancel'])
    addEventListener(
      end,
      () => {
        released.abort();
        // The click comes right after the release.
        setTimeout(run);
      },
      { signal: released.signal },
    );
}
