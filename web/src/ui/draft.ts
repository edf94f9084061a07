import { useCallback, useState } from 'react';
import { keepDraft, readDraft } from '../api/drafts';
import { useMe } from '../api/session';

/**
 * What somebody types, kept in this browser under their id and a name until it is sent. `append` adds to what is there
 * (a quotation), `clear` forgets it.
 */
export function useDraft(name: string) {
  const { id } = useMe();
  const [held, setHeld] = useState(() => ({ name, text: readDraft(id, name) }));
  // The same page may go on with another subject, whose draft is another one.
  if (held.name !== name) setHeld({ name, text: readDraft(id, name) });
  const set = useCallback(
    (text: string) => {
      setHeld({ name, text });
      keepDraft(id, name, text);
    },
    [id, name],
  );
  const append = useCallback(
    (more: string) => {
      const before = readDraft(id, name).trimEnd();
      set(before ? `${before}\n\n${more}` : more);
    },
    [id, name, set],
  );
  const clear = useCallback(() => set(''), [set]);
  return { text: held.text, set, append, clear };
}
