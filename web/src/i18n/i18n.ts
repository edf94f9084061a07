import i18next, { type BackendModule, type PostProcessorModule, type ResourceKey } from 'i18next';
import ICU from 'i18next-icu';
import { initReactI18next } from 'react-i18next';
import { oneStop } from '../../../src/common/one-stop';
import type { Locale } from '../api/types';

type Words = Record<string, () => Promise<{ default: ResourceKey }>>;

/** One namespace per feature (its folder's name) and per folder of `words/`; each language is a chunk of its own. */
const files: Words = {
  ...(import.meta.glob('../features/*/{en,fr}.json') as Words),
  ...(import.meta.glob('./words/*/{en,fr}.json') as Words),
};
const byName = new Map(
  Object.entries(files).map(([path, load]) => [path.split('/').slice(-2).join('/').replace('.json', ''), load]),
);

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, callback) {
    const load = byName.get(`${namespace}/${language}`);
    if (!load) {
      callback(null, {});
      return;
    }
    load().then(
      (file) => callback(null, file.default),
      (error: unknown) => callback(error as Error, false),
    );
  },
};

/** Where the language is kept that was chosen on this device. */
export const KEPT = 'cordee-locale';

/** The language before anybody is known: chosen on a public page, else the browser's. */
export function guessLocale(): Locale {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'en' || kept === 'fr') return kept;
  return navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

/** Changes the language of the page and remembers it on this device; a person's own choice is saved on the profile. */
export async function setLocale(locale: Locale): Promise<void> {
  localStorage.setItem(KEPT, locale);
  document.documentElement.lang = locale;
  if (i18n.language !== locale) await i18n.changeLanguage(locale);
}

/** No second full stop after a name or a date that ends with one. */
const stops: PostProcessorModule = {
  type: 'postProcessor',
  name: 'oneStop',
  process: (text, _key, values) => oneStop(text, values),
};

export const i18n = i18next.use(backend).use(ICU).use(stops).use(initReactI18next);

/** Brings the words of a feature with a part of it; where they do not come they are asked for anew the next time, as its script is. */
export async function bringWords(feature: string): Promise<void> {
  await i18n.loadNamespaces(feature);
  if (hasWords(feature)) return;
  await i18n.reloadResources(undefined, feature);
  if (!hasWords(feature)) throw new Error(`error loading dynamically imported module: words of ${feature}`);
}

const hasWords = (feature: string) => i18n.hasResourceBundle(i18n.language, feature);

/** Loads the words that the frame shows, so that it never waits for them again; a page’s own come with the page (see `page` in router.tsx). */
export async function startI18n(): Promise<void> {
  const lng = guessLocale();
  document.documentElement.lang = lng;
  await i18n.init({
    lng,
    fallbackLng: 'en',
    supportedLngs: ['en', 'fr'],
    partialBundledLanguages: true,
    ns: ['common', 'problems', 'names'],
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    i18nFormat: { escapeVariables: false },
    postProcess: stops.name,
    react: { useSuspense: true },
  });
}
