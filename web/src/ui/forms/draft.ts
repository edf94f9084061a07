import { useCallback, useState } from 'react';
import { keepDraft, readDraft } from '../../api/drafts';
import { useMe } from '../../api/session';

/**
 * What somebody types in a cohort, kept in this browser under their id and a name until it is sent. `append` adds to what is there
 * (a quotation), `clear` forgets it, `clientIdOf` names what is about to be sent, `isTried` says whether something was, and its answer is not known.
 */
export function useDraft(name: string, cohortId: string | null) {
  const { id } = useMe();
  const [held, setHeld] = useState(() => ({ name, text: readDraft(id, name) }));
  // The same page may go on with another subject, whose draft is another one.
  if (held.name !== name) setHeld({ name, text: readDraft(id, name) });
  const set = useCallback(
    (text: string) => {
      setHeld({ name, text });
      keepDraft(id, name, text, cohortId);
      if (text === '') keepDraft(id, tryOf(name), '');
    },
    [id, name, cohortId],
  );
  const append = useCallback(
    (more: string) => {
      const before = readDraft(id, name).trimEnd();
      set(before ? `${before}\n\n${more}` : more);
    },
    [id, name, set],
  );
  const clear = useCallback(() => set(''), [set]);
  const clientIdOf = useCallback((sent: object) => clientIdFor(id, tryOf(name), JSON.stringify(sent)), [id, name]);
  const isTried = useCallback(() => readDraft(id, tryOf(name)) !== '', [id, name]);
  return { text: held.text, set, append, clear, clientIdOf, isTried };
}

interface Try {
  sent: string;
  clientId: string;
}

const tryOf = (name: string) => `${name}:try`;

/**
 * The same for each try to send the same, also after the page was loaded again: the server keeps it once when the answer to the first
 * try was lost. What was changed meanwhile is another thing, and not lost in the first.
 */
function clientIdFor(userId: string, name: string, sent: string): string {
  const before = parsed(readDraft(userId, name));
  if (before?.sent === sent) return before.clientId;
  const clientId = crypto.randomUUID();
  keepDraft(userId, name, JSON.stringify({ sent, clientId } satisfies Try));
  return clientId;
}

function parsed(kept: string): Try | null {
  try {
    return JSON.parse(kept) as Try;
  } catch {
    return null;
  }
}
