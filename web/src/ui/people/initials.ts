/** First letters of the first and the last word that has any: "Inès Le Goff" -> "IG", "Zoé 🦊" -> "Z". */
export function initialsOf(name: string): string {
  const [first = name, ...others] = name.split(/\s+/).filter((word) => LETTER.test(word));
  return firstLetterOf(first) + firstLetterOf(others.at(-1) ?? '');
}

/** Its first letter or digit. A name without any is stood for by its first sign, whole: half of an emoji is a box with a question mark. */
export function firstLetterOf(name: string): string {
  const sign = LETTER.exec(name)?.[0] ?? [...new Intl.Segmenter().segment(name.trim())][0]?.segment ?? '';
  return sign.toLocaleUpperCase();
}

const LETTER = /[\p{L}\p{N}]/u;
