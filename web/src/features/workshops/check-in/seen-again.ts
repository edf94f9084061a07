/** A code that is held before the camera is seen many times a second: it is read anew once it was away for so long. */
const AWAY_MS = 2_500;

/** Tells what the camera sees for the first time from what is still there. */
export interface SeenAgain {
  isNew: (text: string, now: number) => boolean;
  /** What is still there may be read once more. */
  forget: () => void;
}

export function seenAgain(): SeenAgain {
  let last: { text: string; at: number } | null = null;
  return {
    isNew: (text, now) => {
      const isThere = last?.text === text && now - last.at < AWAY_MS;
      last = { text, at: now };
      return !isThere;
    },
    forget: () => {
      last = null;
    },
  };
}
