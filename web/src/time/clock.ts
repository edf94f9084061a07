import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMaybeMe } from '../api/session';
import { createStore, useStore } from '../api/store';
import type { Locale } from '../api/types';

const now = createStore(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The present in milliseconds, renewed twice a minute for all who watch, with one timer. */
export function useNow(): number {
  useEffect(() => {
    watchers += 1;
    timer ??= setInterval(() => now.set(Date.now()), 30_000);
    return () => {
      watchers -= 1;
      if (watchers > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  return useStore(now);
}

/** The zone this device lives in, for people who are not signed in. */
export const deviceZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** My zone: of my profile, else of this device. */
export function useZone(): string {
  return useMaybeMe()?.timeZone ?? deviceZone();
}

/** The language of the page. */
export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return i18n.resolvedLanguage === 'fr' ? 'fr' : 'en';
}
