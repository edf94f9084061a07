import { notifyManager } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { toastProblem } from '../toast';

interface Choice<T> {
  /** What was chosen, while it is being saved; else what is known. */
  value: T;
  choose: (next: T) => void;
  busy: boolean;
  /** The last choice was saved. */
  saved: boolean;
}

/**
 * A choice that is saved as it is made. It is shown at once, by this component's own state: the cache tells its readers a moment later,
 * and a controlled switch would spring back until then. One save is on its way at a time, and after it only the latest of what was
 * chosen meanwhile, so that none overtakes another. Refused, it is taken back with the reason.
 */
export function useChoice<T>(
  known: T,
  save: (next: T) => Promise<unknown>,
  textOf: (error: unknown) => string,
): Choice<T> {
  const [wanted, setWanted] = useState<{ value: T } | null>(null);
  const [saved, setSaved] = useState(false);
  const latest = useRef<{ value: T } | null>(null);

  const saveFrom = async (first: { value: T }) => {
    let sent = first;
    let refusal = await refusalOf(save(sent.value));
    while (latest.current && latest.current !== sent) {
      sent = latest.current;
      refusal = await refusalOf(save(sent.value));
    }
    latest.current = null;
    if (refusal) toastProblem(textOf(refusal.error));
    // Behind what the cache has to tell: what is known has come when what was wanted goes.
    notifyManager.schedule(() => {
      if (latest.current) return;
      setWanted(null);
      setSaved(!refusal);
    });
  };
  const choose = (next: T) => {
    const isSaving = latest.current !== null;
    const wish = { value: next };
    latest.current = wish;
    setWanted(wish);
    setSaved(false);
    if (!isSaving) void saveFrom(wish);
  };
  return { value: wanted ? wanted.value : known, choose, busy: wanted !== null, saved };
}

const refusalOf = (saving: Promise<unknown>): Promise<{ error: unknown } | null> =>
  saving.then(
    () => null,
    (error: unknown) => ({ error }),
  );
