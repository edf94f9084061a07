import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';

/** The app on this device, kept and notified by its service worker; its script comes when the page stands. */
export function useDevice(): void {
  const navigate = useNavigate();
  const goTo = useEffectEvent((link: string) => void navigate({ href: link }));
  useEffect(() => {
    let isOver = false;
    let stop: (() => void) | undefined;
    void Promise.all([import('./notices'), import('./worker')]).then(([{ followNotices }, { startWorker }]) => {
      if (isOver) return;
      void startWorker().catch(() => undefined);
      stop = followNotices(goTo);
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, []);
}
