/** A letter's words with what is of one applicant in the place of `{name}` and `{number}`. What they wrote in there is not filled in again. */
export const filledIn = (words: string, facts: { name: string; number: string }): string =>
  words.replaceAll(/\{(name|number)\}/g, (_, key: 'name' | 'number') => facts[key]);
