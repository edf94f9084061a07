import { useId, useState, type AriaAttributes, type KeyboardEvent, type ReactNode, type RefObject } from 'react';

/** Something that the list over a field offers. */
export interface Suggestion {
  key: string;
  row: ReactNode;
  /** What stands in the place of what was typed. */
  text: string;
  /** Done when it is taken; what was typed goes, unless it `keeps`. */
  act?: () => void;
  keeps?: boolean;
}

/** What is being typed at the caret, from the sign at `at` on. */
export interface Typed {
  query: string;
  at: number;
}

/** One kind of help while typing: names, emoji, commands. */
export interface Source {
  /** What the list holds, for a screen reader. */
  label: string;
  typed: (text: string, caret: number) => Typed | null;
  find: (query: string) => readonly Suggestion[];
  /** What it finds is still of words before these: it is shown, and not taken. */
  isLate?: boolean;
  /** Called when somebody begins to type what it helps with. */
  onWanted?: () => void;
}

export interface Suggestions {
  id: string;
  label: string;
  found: readonly Suggestion[];
  /** They are still of words before these: none of them is taken. */
  isLate: boolean;
  /** The one that Enter takes. */
  at: number;
  /** Looks at what is typed at the caret; true where that may be helped with. */
  look: (field: HTMLTextAreaElement) => boolean;
  take: (suggestion: Suggestion) => void;
  close: () => void;
  /** True when the key was for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  /** What the field says of the list; Escape closes no dialog around it while the list is there. */
  field: false | (AriaAttributes & { 'data-mantine-stop-propagation': boolean });
}

/** What fits the word being typed in a field; `set` gets the text with the chosen one in it and where the caret goes. */
export function useSuggestions(
  area: RefObject<HTMLTextAreaElement | null>,
  text: string,
  set: (text: string, caret: number) => void,
  sources: readonly Source[],
): Suggestions {
  const id = useId();
  const [typed, setTyped] = useState<(Typed & { source: number; caret: number }) | null>(null);
  const [at, setAt] = useState(0);
  const source = typed ? sources[typed.source] : undefined;
  // What stands there already is no help: Enter is for the message then.
  const isThere = ({ act, text: words }: Suggestion) =>
    !act && words.trim() === text.slice(typed?.at, typed?.caret).trim();
  const found = typed && source ? source.find(typed.query).filter((one) => !isThere(one)) : [];
  const isLate = source?.isLate === true;

  const look = (field: HTMLTextAreaElement) => {
    const next = field.selectionStart === field.selectionEnd ? whatIsTyped(sources, field) : null;
    if (next?.query !== typed?.query || next?.source !== typed?.source) setAt(0);
    if (next && next.source !== typed?.source) sources[next.source]?.onWanted?.();
    setTyped(next && { ...next, caret: field.selectionStart });
    return next !== null;
  };
  const take = (suggestion: Suggestion) => {
    if (!typed || isLate) return;
    setTyped(null);
    if (suggestion.act) {
      if (!suggestion.keeps) set('', 0);
      suggestion.act();
      return;
    }
    const before = `${text.slice(0, typed.at)}${suggestion.text}`;
    set(before + text.slice(area.current?.selectionStart ?? text.length), before.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = found[at];
    if (!chosen) return false;
    const steps: Record<string, () => void> = {
      ArrowDown: () => setAt((at + 1) % found.length),
      ArrowUp: () => setAt((at + found.length - 1) % found.length),
      Enter: () => take(chosen),
      Tab: () => take(chosen),
      Escape: () => setTyped(null),
    };
    const step = event.shiftKey ? undefined : steps[event.key];
    if (!step) return false;
    event.preventDefault();
    event.stopPropagation();
    step();
    return true;
  };
  const isOpen = found.length > 0;
  const field =
    sources.length > 0 &&
    ({
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': isOpen ? id : undefined,
      'aria-activedescendant': isOpen ? `${id}-${at}` : undefined,
      'data-mantine-stop-propagation': isOpen,
    } as const);
  return {
    id,
    label: source?.label ?? '',
    found,
    isLate,
    at,
    look,
    take,
    close: () => setTyped(null),
    onKeyDown,
    field,
  };
}

function whatIsTyped(sources: readonly Source[], { value, selectionStart }: HTMLTextAreaElement) {
  for (const [source, { typed }] of sources.entries()) {
    const found = typed(value, selectionStart);
    if (found) return { ...found, source };
  }
  return null;
}
