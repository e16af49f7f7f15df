import { TextInput, UnstyledButton, type TextInputProps } from '@mantine/core';
import { useUncontrolled } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useWords } from '../words/use-words.js';
import type { Typed } from './check.js';
import classes from './figure-input.module.css';

interface FigureInputProps extends Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange'> {
  value?: Typed;
  defaultValue?: Typed;
  onChange?: (typed: Typed) => void;
}

/**
 * A figure in the format of the reader's language. Mantine's own field strips separators wherever they stand, which
 * turns a Spanish 12.5 into 125; this one keeps the text as typed.
 */
export function FigureInput({ value, defaultValue, onChange, ...props }: FigureInputProps) {
  const { format } = useWords();
  const [figure, setFigure] = useUncontrolled<Typed>({ value, defaultValue, finalValue: '', onChange });
  const [text, setText] = useState('');
  const isAsTyped = format.typed(text) === figure;
  const written = typeof figure === 'number' ? format.number(figure) : figure;
  const step = (by: number) => {
    if (typeof figure === 'number') setFigure(figure + by);
    else if (figure === '') setFigure(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (props.readOnly || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    step(event.key === 'ArrowUp' ? 1 : -1);
  };
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      value={isAsTyped ? text : written}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        setFigure(format.typed(currentTarget.value));
      }}
      onKeyDown={onKeyDown}
      rightSection={!props.readOnly && <Steps step={step} />}
      rightSectionPointerEvents="all"
      rightSectionWidth="1.5rem"
      {...props}
    />
  );
}

/** For the mouse: the arrow keys do the same. */
function Steps({ step }: { step: (by: number) => void }) {
  const each = [
    { by: 1, Icon: IconChevronUp },
    { by: -1, Icon: IconChevronDown },
  ];
  return (
    <span className={classes.steps} aria-hidden>
      {each.map(({ by, Icon }) => (
        <UnstyledButton
          key={by}
          tabIndex={-1}
          className={classes.step}
          // The field keeps the focus, or gets it.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => step(by)}
        >
          <Icon size={12} />
        </UnstyledButton>
      ))}
    </span>
  );
}
