import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { typedTime } from './typed-time';

interface TimeFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** `HH:MM`. */
  value: string;
  onChange: (time: string) => void;
}

/** A time of day as one types it, 24 hours in every browser. What is no time goes back to what was there. */
export function TimeField({ value, onChange, w = 76, ...rest }: TimeFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = () => {
    const time = typedTime(typed ?? '');
    if (time !== null && time !== value) onChange(time);
    setTyped(null);
  };
  return (
    <TextInput
      {...rest}
      w={w}
      inputMode="numeric"
      maxLength={6}
      autoComplete="off"
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && leave()}
    />
  );
}
