import frenchCodes from 'emojibase-data/fr/shortcodes/cldr.json' with { type: 'json' };
import codes from 'emojibase-data/en/shortcodes/github.json' with { type: 'json' };
import type { Locale } from '../../../api/types';
import { fold } from '../../../../../src/common/texts/fold';
import { codeOf, type Emoji } from './shortcodes';

interface Labelled {
  hexcode: string;
  label: string;
  tags?: string[];
  order?: number;
}

const SKIN = /1F3F[B-F]/;

/** All emoji with their English and French shortcodes, found by the words of a language. */
export async function loadEmoji(locale: Locale): Promise<Emoji[]> {
  const { default: labels } = (await (locale === 'fr'
    ? import('emojibase-data/fr/compact.json', { with: { type: 'json' } })
    : import('emojibase-data/en/compact.json', { with: { type: 'json' } }))) as { default: Labelled[] };
  return labels
    .filter(({ hexcode, order }) => order !== undefined && !SKIN.test(hexcode))
    .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(({ hexcode, label, tags = [] }) => ({
      emoji: String.fromCodePoint(...hexcode.split('-').map((hex) => parseInt(hex, 16))),
      codes: [...new Set([...namesOf(codes, hexcode), ...namesOf(frenchCodes, hexcode)].map(codeOf))],
      words: [...new Set([label, ...tags].flatMap((words) => [fold(words), ...fold(words).split(/[\s'’-]+/)]))],
    }))
    .filter((one) => one.codes.length > 0);
}

function namesOf(all: Record<string, string | string[]>, hexcode: string): string[] {
  const names = all[hexcode] ?? all[hexcode.replace(/-FE0F$/, '')] ?? [];
  return typeof names === 'string' ? [names] : names;
}
