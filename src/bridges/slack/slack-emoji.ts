import { createRequire } from 'node:module';

const CODE = /(```[\s\S]*?```|`[^`\n]*`)/;
const SHORTCODE = /:([a-z0-9_+'-]+):(?::skin-tone-([2-6]):)?/g;
const FIRST_TONE = 0x1f3fb;

let known: Map<string, string> | undefined;

/** Emoji by the names that Slack gives them (those of the data set by "iamcal"); read when the first is asked for. */
function byName(): Map<string, string> {
  if (known) return known;
  const require = createRequire(import.meta.url);
  const names = require('emojibase-data/en/shortcodes/iamcal.json') as Record<string, string | string[]>;
  known = new Map(
    Object.entries(names).flatMap(([hexcode, given]) => {
      const emoji = String.fromCodePoint(...hexcode.split('-').map((hex) => Number.parseInt(hex, 16)));
      return [given].flat().map((name) => [name, emoji] as const);
    }),
  );
  return known;
}

/** The emoji that Slack calls so (`tada`, `wave::skin-tone-3`); undefined for one that the workspace made itself. Of several tones, or one that is none, it is without. */
export function slackEmoji(name: string): string | undefined {
  const [plain = '', tone] = name.split('::skin-tone-');
  const emoji = byName().get(plain);
  if (!emoji || !tone || !/^[2-6]$/.test(tone)) return emoji;
  return `${emoji.replaceAll('\ufe0f', '')}${String.fromCodePoint(FIRST_TONE + Number(tone) - 2)}`;
}

/** A text with emoji in the place of their names; code, and names that nobody knows, stay. */
export function withSlackEmoji(text: string): string {
  return text
    .split(CODE)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replace(SHORTCODE, (whole, name: string, tone?: string) => {
            return slackEmoji(tone ? `${name}::skin-tone-${tone}` : name) ?? whole;
          }),
    )
    .join('');
}
