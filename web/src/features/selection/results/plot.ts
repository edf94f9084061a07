/** Half of the room that stays beyond the ends of the scale, so that a dot at an end is whole. */
const EDGE = 6;
export const WIDTH = 180;

/** Where a score stands in the plot of a scale from 1 to `top`. */
export const placeOf = (score: number, top: number): number => {
  const share = top <= 1 ? 0 : (Math.min(Math.max(score, 1), top) - 1) / (top - 1);
  return Math.round((EDGE + share * (WIDTH - 2 * EDGE)) * 10) / 10;
};

/** A bar from the middle, to the left for who is stricter: where it begins and how wide it is, in hundredths of the whole. */
export function barOf(distance: number, furthest: number): { left: number; width: number } {
  const width = furthest === 0 ? 0 : Math.min(Math.abs(distance) / furthest, 1) * 50;
  return { left: distance < 0 ? 50 - width : 50, width };
}

/** Weights that are tried, as the address says them: those that differ from what they are. Empty where none does. */
export function weightsText(
  criteria: readonly { key: string; weight: number }[],
  tried: Readonly<Record<string, number>>,
): string {
  return criteria
    .filter(({ key, weight }) => tried[key] !== undefined && tried[key] !== weight)
    .map(({ key }) => `${key}:${tried[key]}`)
    .join(',');
}

/** The other way round, of criteria that are there. */
export function triedIn(text: string | undefined): Record<string, number> {
  const pairs = (text ?? '').split(',').map((one) => /^([a-z][a-z0-9]{0,23}):(\d{1,3})$/.exec(one));
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', Number(pair[2])] as const] : [])));
}
