/** So many emoji are drawn large. */
const FEW = 3;
/** No such row of emoji is longer: families with skin tones have some 25 signs each. */
const MAX_EMOJI_LENGTH = 100;
const MAX_LENGTH = 2000;
const MAX_LINES = 25;

/** Emoji as Unicode lists them (UTS #51, RGI). A browser that does not know the set shows them as any text. */
const onlyFewEmoji = ((): RegExp | null => {
  try {
    return new RegExp(`^(?:\\p{RGI_Emoji}\\s*){1,${FEW}}$`, 'v');
  } catch {
    return null;
  }
})();

/** Whether a message is one to three emoji and nothing else. */
export const isFewEmoji = (body: string): boolean =>
  body.length <= MAX_EMOJI_LENGTH && (onlyFewEmoji?.test(body.trim()) ?? false);

/** Whether a message takes more than a page of the list: only its beginning is shown there until one asks for the rest. */
export const isLong = (body: string): boolean =>
  body.length > MAX_LENGTH || body.split('\n', MAX_LINES + 1).length > MAX_LINES;
