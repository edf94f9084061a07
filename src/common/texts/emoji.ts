const MAX_EMOJI_UNITS = 40;
const LISTED_EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v');
const NEWER_PICTURE = /^(?=\p{Extended_Pictographic}$)[\u{1f000}-\u{1faff}]$/u;
/** Characters that are a picture only when the next one says so, unless that is a skin tone. */
const DRAWN_AS_TEXT = /(?!\p{Emoji_Presentation})\p{Emoji}(?![\u{1f3fb}-\u{1f3ff}])/gu;

/**
 * The one way of writing an emoji, or null for what is none: `❤` and `❤️` are one reaction. Flags, keycaps, skin tones and joined people
 * as Unicode lists them; single pictures that are newer than this runtime, too.
 */
export function emojiFrom(text: string): string | null {
  if (text.length > MAX_EMOJI_UNITS) return null;
  const emoji = text.replaceAll('\ufe0f', '').replace(DRAWN_AS_TEXT, '$&\ufe0f');
  return LISTED_EMOJI.test(emoji) || NEWER_PICTURE.test(emoji) ? emoji : null;
}
