/** What lies between two whole numbers, neither included. */
export interface Between {
  after: number;
  before: number;
}

const WIDER = 8;

/**
 * Cuts a range into parts that lie one behind the other from one of its ends, the first `width` wide and each eight times as wide as the one
 * before. Who looks for a few things near that end asks for little, also of an engine that reads a whole range before it sorts, and finds
 * what is far in few questions. Pure.
 */
export function* widening({ after, before }: Between, from: 'start' | 'end', width: number): Generator<Between> {
  let [low, high] = [after, before];
  for (let wide = width; low + 1 < high; wide *= WIDER) {
    if (from === 'start') {
      const end = Math.min(high, low + wide + 1);
      yield { after: low, before: end };
      low = end - 1;
    } else {
      const start = Math.max(low, high - wide - 1);
      yield { after: start, before: high };
      high = start + 1;
    }
  }
}
