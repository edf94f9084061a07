import { useCallback, useState } from 'react';
import { useMe } from '../../api/session';

/**
 * What somebody types, kept in this browser under a name until it is sent. `append` adds to what is there
 * (a quotation), `clear` forgets it.
 */
export function useDraft(name: string) {
  // By person: another one who signs in here must not find what was begun.
  const key = `cordee-draft:${useMe().id}:${name}`;
  const [text, setText] = useState(() => read(key));
  const set = useCallback(
    (next: string) => {
      setText(next);
      keep(key, next);
    },
    [key],
  );
  const append = useCallback(
    (more: string) => {
      const before = read(key).trimEnd();
      set(before ? `${before}\n\n${more}` : more);
    },
    [key, set],
  );
  const clear = useCallback(() => set(''), [set]);
  return { text, set, append, clear };
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

/** A full or closed store costs the draft, never the typing. */
function keep(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // nothing to do: the text is still in the field
  }
}
