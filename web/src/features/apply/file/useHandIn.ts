import { useState } from 'react';
import { isProblem } from '../../../api/problem';
import { idOf } from '../../call-forms/FieldInput';
import { type ShownSection, firstToSettle } from './sections';
import type { Saver } from './saver';

export interface HandIn {
  act: () => void;
  busy: boolean;
  problem: unknown;
}

/** Goes to a field by its key: to the first thing in it that takes the focus. */
export function goToField(key: string): void {
  const field = document.getElementById(idOf({ key }));
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}

/** Hands in what is on the page. What is missing, or has two texts, comes first: the focus goes there. */
export function useHandIn(
  saver: Saver,
  sections: readonly ShownSection[],
  { onTried, onDone }: { onTried: () => void; onDone: () => void },
): HandIn {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const act = () => {
    const first = firstToSettle(sections, saver.shown.get().draft.theirs);
    if (first !== undefined) {
      onTried();
      // Once what is missing is said there.
      setTimeout(() => goToField(first));
      return;
    }
    if (busy) return;
    setBusy(true);
    setProblem(null);
    saver
      .submit()
      .then(onDone)
      .catch((error: unknown) => {
        setProblem(error);
        if (isProblem(error, 'incomplete')) onTried();
      })
      .finally(() => setBusy(false));
  };
  return { act, busy, problem };
}
