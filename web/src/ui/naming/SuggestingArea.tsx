import { Textarea, type TextareaProps } from '@mantine/core';
import { type CSSProperties, type RefObject, useRef, useState } from 'react';
import { placeAtCaret } from './caret-line';
import { SuggestionList } from './SuggestionList';
import classes from './Suggestions.module.css';
import { useCaret } from './useCaret';
import { type Source, useSuggestions } from './useSuggestions';

interface SuggestingAreaProps extends Omit<TextareaProps, 'value' | 'onChange' | 'ref'> {
  ref?: RefObject<HTMLTextAreaElement | null>;
  value?: string;
  onChange: (value: string) => void;
  /** What is offered while one types. */
  sources: readonly Source[];
}

/** A field of several lines that offers what fits the word being typed, at its line. */
export function SuggestingArea({
  ref,
  value = '',
  onChange,
  sources,
  onKeyDown,
  onBlur,
  ...rest
}: SuggestingAreaProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  const area = ref ?? own;
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<CSSProperties>();
  const putCaret = useCaret(area);
  const set = (text: string, caret: number) => {
    onChange(text);
    putCaret(caret);
  };
  const list = useSuggestions(area, value, set, sources);
  const look = (field: HTMLTextAreaElement) => {
    if (list.look(field) && box.current) setPlace(placeAtCaret(field, box.current));
  };
  return (
    <div ref={box} className={classes.field}>
      <Textarea
        {...rest}
        {...list.field}
        ref={area}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          look(event.currentTarget);
        }}
        onSelect={(event) => look(event.currentTarget)}
        onBlur={(event) => {
          list.close();
          onBlur?.(event);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || !list.onKeyDown(event)) onKeyDown?.(event);
        }}
      />
      <SuggestionList list={list} style={place} />
    </div>
  );
}
