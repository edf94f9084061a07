import { useEffect, useState } from 'react';
import { KEPT, setLocale } from '../../../i18n/i18n';
import { fileClient } from './client';
import { type KeptHere, keptHere } from './kept';
import { Saver } from './saver';

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
        keep: here.keep,
      });
      setOpening({ saver, error: null });
    };
    begin().catch((error: unknown) => {
      if (!isOver) setOpening({ saver: null, error });
    });
    const look = () => void saver?.look();
    const turned = () => void (document.visibilityState === 'visible' ? saver?.look() : saver?.flush().catch(() => {}));
    window.addEventListener('online', look);
    document.addEventListener('visibilitychange', turned);
    return () => {
      isOver = true;
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
