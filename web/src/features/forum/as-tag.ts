/** Spaces become dashes, so that words typed as they come are a tag. */
export const asTag = (words: string) =>
  words
    .toLowerCase()
    .normalize('NFC')
    .replaceAll('i\u0307', 'i')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replace(/^[-\p{M}]+|-+$/gu, '')
    .slice(0, 30);
