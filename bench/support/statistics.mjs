/** The value below which a share of the others lies; between two neighbours it is drawn in a straight line. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

export const median = (values) => quantile(values, 0.5);

/** Median and quartiles. */
export const spread = (values) => ({ low: quantile(values, 0.25), mid: median(values), high: quantile(values, 0.75) });
