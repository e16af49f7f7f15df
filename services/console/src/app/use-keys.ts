import { useHotkeys, useLocalStorage } from '@mantine/hooks';
import { isTypedOn } from './typed-on.js';

/** Whether single-key shortcuts are on; stored in this browser. */
export function useKeysSetting() {
  return useLocalStorage({ key: 'tenure.keys', defaultValue: true, getInitialValueInEffect: false });
}

/** Single-key shortcuts, such as `/` or `j`: inactive when turned off, while the user types or types on, and behind a dialog. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const [areOn] = useKeysSetting();
  const inFront = (act: () => void) => () => {
    if (!isTypedOn() && !document.querySelector('[aria-modal="true"]')) act();
  };
  const hotkeys = Object.entries(keys).flatMap(([key, act]): [string, () => void][] => [
    [key, inFront(act)],
    // On a Spanish keyboard, `/` takes Shift.
    [`shift+${key}`, inFront(act)],
  ]);
  useHotkeys(areOn ? hotkeys : []);
}
