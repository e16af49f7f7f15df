import { Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { mostOfSearchText } from '../app/address.js';
import { useKeys, useKeysSetting } from '../app/use-keys.js';
import classes from './search-box.module.css';
import { useTyped } from './use-typed.js';

interface SearchBoxProps {
  label: string;
  text: string | undefined;
  onSearch: (text: string | undefined) => void;
}

/** Searches a moment after the last key; `/` focuses it from anywhere on the page. */
export function SearchBox({ label, text = '', onSearch }: SearchBoxProps) {
  const search = (value: string) => onSearch(value.trim() || undefined);
  const { input, typed, type } = useTyped(text, search, 300);
  const [areKeysOn] = useKeysSetting();
  useKeys({ '/': () => input.current?.focus() });
  return (
    <TextInput
      ref={input}
      type="search"
      label={label}
      value={typed}
      maxLength={mostOfSearchText}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed === '' &&
        areKeysOn && (
          <Kbd aria-hidden className={classes.key}>
            /
          </Kbd>
        )
      }
      onChange={({ currentTarget }) => type(currentTarget.value)}
      onKeyDown={({ key, nativeEvent }) => {
        // It ends the composition of a character, and nothing else.
        if (nativeEvent.isComposing) return;
        if (key === 'Enter') search(typed);
        if (key === 'Escape') type('');
      }}
    />
  );
}
