/** What an address asks for behind its question mark, all of it text: who looks for 2026 means the word, and an id is no number. */
export function readAddress(asked: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(asked));
}

/** The other way round; what is undefined is not said. */
export function writeAddress(asked: Record<string, unknown>): string {
  const said = Object.entries(asked).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}

/** Of what an address asks for, what there is; of a word that means nothing (an old link, a slip) undefined, as if nothing were asked. */
export const oneOf = <T>(known: readonly T[], asked: unknown): T | undefined => known.find((one) => one === asked);
