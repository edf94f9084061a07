import type { There } from '../../../src/contracts/calendar';
import type { Problem } from './problem';
import { createStore } from './store';

/** What is there already at the time of what somebody does, until they say whether they want it anyway. */
export interface ClashQuestion {
  there: readonly There[];
  answer: (anyway: boolean) => void;
}

/** The question that stands on the screen; null where there is none. */
export const clashQuestion = createStore<ClashQuestion | null>(null);

/** What a refusal says is there. */
export const thereOf = ({ extras }: Problem): readonly There[] =>
  Array.isArray(extras.there) ? (extras.there as There[]) : [];

/** Asks whether what was refused for what is there at that time is wanted anyway (`clash`). One question at a time. */
export async function wantsDespite(there: readonly There[]): Promise<boolean> {
  if (clashQuestion.get()) return false;
  return await new Promise<boolean>((resolve) => {
    const answer = (anyway: boolean) => {
      clashQuestion.set(null);
      resolve(anyway);
    };
    clashQuestion.set({ there, answer });
  });
}
