import { Kbd, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../app/use-keys.js';

interface SearchBoxProps {
  label: string;
  text: string | undefined;
  onSearch: (text: string | undefined) => void;
}

/** Searches a moment after the last key; `/` leads to it from anywhere on the page. */
export function SearchBox({ label, text = '', onSearch }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const searchSoon = useDebouncedCallback((value: string) => onSearch(value.trim() || undefined), 300);
  useKeys({ '/': () => input.current?.focus() });
  // The address may change without a key: back, a link, "clear".
  useEffect(() => {
    if (document.activeElement !== input.current) setTyped(text);
  }, [text]);
  const change = (value: string) => {
    setTyped(value);
    searchSoon(value);
  };
  return (
    <TextInput
      ref={input}
      type="search"
      label={label}
      value={typed}
      maxLength={100}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={typed === '' && <Kbd aria-hidden>/</Kbd>}
      onChange={({ currentTarget }) => change(currentTarget.value)}
      onKeyDown={({ key }) => {
        if (key === 'Enter') onSearch(typed.trim() || undefined);
        if (key === 'Escape') change('');
      }}
    />
  );
}
