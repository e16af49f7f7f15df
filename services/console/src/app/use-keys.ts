import { useHotkeys, useLocalStorage } from '@mantine/hooks';

/** Whether single keys do something; kept in this browser. */
export function useKeysSetting() {
  return useLocalStorage({ key: 'tenure.keys', defaultValue: true, getInitialValueInEffect: false });
}

/** Single keys, such as `/` or `j`, that do something unless they were turned off, and never while one types. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const [areOn] = useKeysSetting();
  useHotkeys(areOn ? Object.entries(keys).map(([key, act]) => [key, act]) : []);
}
