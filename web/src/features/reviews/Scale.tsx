import type { KeyboardEvent, ReactNode } from 'react';
import { focusWord, inputOf } from './inputs';
import classes from './reviews.module.css';

interface ScaleProps<T extends string | number> {
  field: string;
  /** What is chosen: the name of the group. */
  label: string;
  /** `key`: the one that chooses it, where there is one. */
  options: readonly { value: T; word: string; key?: string }[];
  chosen: T | undefined;
  onChoose: (value: T) => void;
  isRead: boolean;
  /** The id of the words that say what is missing. */
  wrong?: string | undefined;
}

/** One of several words. Left and right lead from word to word, up and down to the next question (`useReviewKeys`). */
export function Scale<T extends string | number>(props: ScaleProps<T>): ReactNode {
  const { field, label, options, chosen, onChoose, isRead, wrong } = props;
  const at = options.findIndex(({ value }) => value === chosen);
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const place = (Math.max(at, by === 1 ? -1 : 0) + by + options.length) % options.length;
    const next = options[place];
    if (next === undefined) return;
    onChoose(next.value);
    focusWord(field, place);
  };
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-readonly={isRead || undefined}
      aria-invalid={wrong !== undefined || undefined}
      aria-describedby={wrong}
      className={classes.scale}
      data-count={options.length}
      onKeyDown={isRead ? undefined : move}
    >
      {options.map(({ value, word, key }, place) => {
        const isHere = at === -1 ? place === 0 : place === at;
        return (
          <button
            key={value}
            id={isHere ? inputOf(field) : undefined}
            type="button"
            role="radio"
            aria-checked={value === chosen}
            aria-disabled={isRead || undefined}
            tabIndex={isHere ? 0 : -1}
            onClick={isRead ? undefined : () => onChoose(value)}
          >
            {key !== undefined && <kbd aria-hidden="true">{key}</kbd>}
            {word}
          </button>
        );
      })}
    </div>
  );
}
