/**
 * A sentence filled with values, one of which ends as a sentence does ("Inès C.", "15 oct.", "Where do we begin?"): the full stop that the sentence would put
 * after it is left away, as in print.
 */
export function oneStop(text: string, values: object): string {
  return Object.values(values).reduce<string>(
    (said, value) =>
      typeof value === 'string' && /[.…!?]$/.test(value) ? said.replaceAll(`${value}.`, () => value) : said,
    text,
  );
}
