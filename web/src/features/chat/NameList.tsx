import { useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../../src/contracts/primitives';
import { Avatar } from '../../ui/Avatar';
import { fitting, typedName } from './mentions';
import { useChatPeople } from './people';
import classes from './Chat.module.css';

interface Names {
  found: Person[];
  /** The one that Enter takes. */
  at: number;
  look: (field: HTMLTextAreaElement) => void;
  take: (person: Person) => void;
  close: () => void;
  /** True when the key was for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean;
}

/** Who fits the name being typed in a field; `set` gets the text with the chosen name in it and where the caret goes. */
export function useNameList(
  area: RefObject<HTMLTextAreaElement | null>,
  text: string,
  set: (text: string, caret: number) => void,
): Names {
  const { people } = useChatPeople();
  const [typed, setTyped] = useState<{ query: string; at: number } | null>(null);
  const [at, setAt] = useState(0);
  const found = typed ? fitting(people, typed.query) : [];

  const look = (field: HTMLTextAreaElement) => {
    const next = field.selectionStart === field.selectionEnd ? typedName(field.value, field.selectionStart) : null;
    if (next?.query !== typed?.query) setAt(0);
    setTyped(next);
  };
  const take = (person: Person) => {
    if (!typed) return;
    const before = `${text.slice(0, typed.at)}@${person.name} `;
    set(before + text.slice(area.current?.selectionStart ?? text.length), before.length);
    setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const person = found[at];
    if (!person) return false;
    const steps: Record<string, () => void> = {
      ArrowDown: () => setAt((at + 1) % found.length),
      ArrowUp: () => setAt((at + found.length - 1) % found.length),
      Enter: () => take(person),
      Tab: () => take(person),
      Escape: () => setTyped(null),
    };
    const step = event.shiftKey ? undefined : steps[event.key];
    if (!step) return false;
    event.preventDefault();
    event.stopPropagation();
    step();
    return true;
  };
  return { found, at, look, take, close: () => setTyped(null), onKeyDown };
}

/** The list over the composer. The focus stays in the field. */
export function NameList({ id, list }: { id: string; list: Names }) {
  const { t } = useTranslation('chat');
  if (list.found.length === 0) return null;
  return (
    <ul className={classes.names} id={id} role="listbox" aria-label={t('composer.names')}>
      {list.found.map((person, index) => (
        <li
          key={person.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === list.at}
          onPointerDown={(event) => {
            event.preventDefault();
            list.take(person);
          }}
        >
          <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={24} withPresence />
          <span className="cut">{person.name}</span>
        </li>
      ))}
    </ul>
  );
}
