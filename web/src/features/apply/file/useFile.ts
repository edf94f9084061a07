import { useEffect, useState } from 'react';
import { KEPT, setLocale } from '../../../i18n/i18n';
import { Problem } from '../../../api/problem';
import { fileClient } from './client';
import { type KeptHere, keptHere } from './kept';
import { Saver } from './saver';

/** A file that could not be opened for want of a network is opened as soon as there is one. */
const AGAIN_MS = 5_000;

interface Opening {
  saver: Saver | null;
  error: unknown;
}

/** Opens a file by the link of a letter, and saves it as long as the page is open. */
export function useFile(token: string): Opening & { again: () => void } {
  const [tries, setTries] = useState(0);
  const [opening, setOpening] = useState<Opening>({ saver: null, error: null });
  useEffect(() => {
    let isOver = false;
    let saver: Saver | null = null;
    let here: KeptHere | undefined;
    const begin = async () => {
      const client = fileClient(token);
      const application = await client.open();
      const { id } = application;
      // The language of the letter, unless another one was chosen here.
      if (localStorage.getItem(KEPT) === null) await setLocale(application.locale);
      here = await keptHere(id);
      if (isOver) {
        here.release();
        return;
      }
      saver = new Saver(application, here.kept, {
        save: (body) => client.save(id, body),
        load: () => client.load(id),
        submit: (revision) => client.submit(id, revision),
        withdraw: () => client.withdraw(id),
        upload: (field, file, watching) => client.upload(id, field, file, watching),
        download: (answer) => client.download(id, answer),
        messages: () => client.messages(id),
        write: (body) => client.write(id, body),
        keep: here.keep,
      });
      setOpening({ saver, error: null });
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = () => {
      clearTimeout(timer);
      timer = undefined;
      begin().catch((error: unknown) => {
        if (isOver) return;
        setOpening({ saver: null, error });
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
  }, [token, tries]);
  const again = () => {
    setOpening({ saver: null, error: null });
    setTries(tries + 1);
  };
  return { ...opening, again };
}
