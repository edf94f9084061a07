import type { CSSProperties } from 'react';
import classes from './Suggestions.module.css';
import type { Suggestions } from './useSuggestions';

/** What a field offers. The focus stays in the field. */
export function SuggestionList({ list, style }: { list: Suggestions; style?: CSSProperties | undefined }) {
  const { id } = list;
  if (list.found.length === 0) return null;
  return (
    <ul className={classes.list} style={style} id={id} role="listbox" aria-label={list.label} aria-busy={list.isLate}>
      {list.found.map((one, index) => (
        <li
          key={one.key}
          id={`${id}-${index}`}
          ref={index === list.at ? intoView : undefined}
          role="option"
          aria-selected={index === list.at}
          onPointerDown={(event) => {
            event.preventDefault();
            list.take(one);
          }}
        >
          {one.row}
        </li>
      ))}
    </ul>
  );
}

const intoView = (row: HTMLLIElement | null) => row?.scrollIntoView({ block: 'nearest' });
