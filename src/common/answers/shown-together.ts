/** With fewer people behind it, an average or a comment would tell who gave it. */
export const FEWEST_TOGETHER = 3;

/** Something that somebody said: whether it waits to be shown, and whether it is shown, or what they said before in its place. */
export interface Said {
  by: string;
  waits: boolean;
  isShown: boolean;
}

/**
 * What people say without their name is shown together with that of others or not at all: it waits, also where it takes the place of what one said before, until this many
 * different people have something that waits; then all of it is shown at once. Who reads before and after somebody answered so learns nothing.
 */
export function isShownNow(said: readonly Said[]): boolean {
  // Of fewer than that nothing was shown, whatever their rows say.
  const isFirst = peopleIn(said.filter(({ isShown }) => isShown)) < FEWEST_TOGETHER;
  return peopleIn(isFirst ? said : said.filter(({ waits }) => waits)) >= FEWEST_TOGETHER;
}

const peopleIn = (said: readonly Said[]) => new Set(said.map(({ by }) => by)).size;

/** Words in the order of the alphabet, which says nothing of who wrote when. */
export const inNoTellingOrder = (comments: readonly string[]): string[] =>
  comments.filter((comment) => comment !== '').sort((one, other) => one.localeCompare(other, 'en'));
