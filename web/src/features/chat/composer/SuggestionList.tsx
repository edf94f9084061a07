import type { Suggestions } from './useSuggestions';
import classes from '../Chat.module.css';

/** The list over the composer. The focus stays in the field. */
export function SuggestionList({ id, list }: { id: string; list: Suggestions }) {
  if (list.found.length === 0) return null;
  return (
    <ul className={classes.names} id={id} role="listbox" aria-label={list.label}>
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
