import { useHotkeys, useLocalStorage } from '@mantine/hooks';

/** Whether single-key shortcuts are on; stored in this browser. */
export function useKeysSetting() {
  return useLocalStorage({ key: 'tenure.keys', defaultValue: true, getInitialValueInEffect: false });
}

/** Single-key shortcuts, such as `/` or `j`: inactive when turned off, and while the user types. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const [areOn] = useKeysSetting();
  useHotkeys(areOn ? Object.entries(keys).map(([key, act]) => [key, act]) : []);
}
