import { useEffect, useEffectEvent, useState } from 'react';
import { Problem } from '../problem';
import { type KeptHere, keptHere } from './kept';

/** What could not be opened for want of a network is opened as soon as there is one. */
const AGAIN_MS = 5_000;

/** Of a saver, what its page does with it. */
interface Saves {
  look: () => Promise<void>;
  flush: () => Promise<void>;
  end: () => void;
}

/** What was opened: under which name it is kept in this browser, and how it is saved from then on. */
export interface OpenedToSave<S> {
  name: string;
  begin: (here: KeptHere) => S;
}

interface Opening<S> {
  saver: S | null;
  error: unknown;
}

/** Opens what is written on a page, and saves it as long as the page shows it. `what`: of another one it is opened anew. */
export function useSaver<S extends Saves>(
  what: string,
  open: () => Promise<OpenedToSave<S>>,
): Opening<S> & { again: () => void } {
  const [tries, setTries] = useState(0);
  const [opening, setOpening] = useState<Opening<S> & { what: string }>({ what, saver: null, error: null });
  const opens = useEffectEvent(open);
  useEffect(() => {
    let isOver = false;
    let saver: S | null = null;
    let here: KeptHere | undefined;
    const begin = async () => {
      const { name, begin: saving } = await opens();
      here = await keptHere(name);
      if (isOver) {
        here.release();
        return;
      }
      saver = saving(here);
      setOpening({ what, saver, error: null });
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = () => {
      clearTimeout(timer);
      timer = undefined;
      begin().catch((error: unknown) => {
        if (isOver) return;
        setOpening({ what, saver: null, error });
        if (error instanceof Problem && error.temporary) timer = setTimeout(attempt, AGAIN_MS);
      });
    };
    attempt();
    const look = () => {
      if (saver) void saver.look();
      else if (timer !== undefined) attempt();
    };
    const turned = () => void (document.visibilityState === 'visible' ? saver?.look() : saver?.flush().catch(() => {}));
    window.addEventListener('online', look);
    document.addEventListener('visibilitychange', turned);
    return () => {
      isOver = true;
      clearTimeout(timer);
      window.removeEventListener('online', look);
      document.removeEventListener('visibilitychange', turned);
      saver?.end();
      here?.release();
    };
  }, [what, tries]);
  const again = () => {
    setOpening({ what, saver: null, error: null });
    setTries(tries + 1);
  };
  // What was opened before says nothing of this one.
  const { saver, error } = opening.what === what ? opening : { saver: null, error: null };
  return { saver, error, again };
}
