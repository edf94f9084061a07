import type { Locale } from '../../contracts/primitives.js';

/** What the channels that the platform makes are called, by their key, as the web app says them. */
const NAMES: Record<Locale, Partial<Record<string, string>>> = {
  en: {
    'general-help': 'general-help',
    'craft-developer': 'craft-developer',
    'craft-designer': 'craft-designer',
    'craft-data': 'craft-data',
    'craft-product': 'craft-product',
  },
  fr: {
    'general-help': 'aide-générale',
    'craft-developer': 'métier-développement',
    'craft-designer': 'métier-design',
    'craft-data': 'métier-données',
    'craft-product': 'métier-produit',
  },
};

/** The name of a channel for a reader, without its `#`: one of ours in their language, any other as its people named it. */
export function channelName({ name, nameKey }: { name: string; nameKey: string | null }, locale: Locale): string {
  return (nameKey === null ? undefined : NAMES[locale][nameKey]) ?? name;
}
