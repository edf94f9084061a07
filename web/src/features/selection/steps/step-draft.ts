import type { Step, UpdateStep } from '../../../../../src/contracts/selection/steps';
import { WHOLE_WEIGHT, weightOf } from '../../../../../src/contracts/calls/whole';
import type { InBoth } from '../../../../../src/contracts/calls/forms';

/** What staff write of a step. */
export type StepDraft = Pick<Step, 'name' | 'scale' | 'criteria' | 'hidden' | 'dueAt'>;
type PartName = keyof StepDraft;
const PARTS = ['name', 'scale', 'criteria', 'hidden', 'dueAt'] as const satisfies PartName[];

export const draftOf = ({ name, scale, criteria, hidden, dueAt }: Step): StepDraft => ({
  ...{ name, scale, criteria, hidden, dueAt },
});

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The parts that were written otherwise than the step has them, as they are sent. */
export function changesOf(step: StepDraft, draft: StepDraft): Omit<UpdateStep, 'revision'> {
  return Object.fromEntries(
    PARTS.filter((part) => !isSame(step[part], draft[part])).map((part) => [part, draft[part]]),
  );
}

/** What I wrote, over a step that somebody else changed meanwhile: parts that only they changed are theirs. */
export const over = (before: StepDraft, mine: StepDraft, now: StepDraft): StepDraft => ({
  ...now,
  ...changesOf(before, mine),
});

/** Something without which a step does not open: the id of its input, and what it is. */
export interface StepLack {
  id: string;
  code: 'required' | 'not_hundred';
  part: 'name' | 'scale' | 'criteria';
  place: number | null;
}

/** The id of the input of a word of the scale. */
export const scaleInput = (place: number, language: 'en' | 'fr') => `scale-${place}-${language}`;

/** All that a step lacks before jurors may read: its name and the words of its scale in both languages, criteria with names whose weights are 100 together. */
export function lacksOf({ name, scale, criteria }: Pick<StepDraft, 'name' | 'scale' | 'criteria'>): StepLack[] {
  const missing = (words: InBoth) => (['en', 'fr'] as const).filter((language) => words[language].trim() === '');
  const weight = weightOf({ criteria });
  return [
    ...missing(name).map((at) => ({ ...lack('name', null), id: `step-name-${at}` })),
    ...scale.flatMap((word, place) =>
      missing(word).map((at) => ({ ...lack('scale', place), id: scaleInput(place, at) })),
    ),
    ...criteria.flatMap(({ key, name: words }, place) =>
      missing(words).map((at) => ({ ...lack('criteria', place), id: `c-${key}-name-${at}` })),
    ),
    ...(criteria.length === 0 ? [{ ...lack('criteria', null), id: 'criteria' }] : []),
    ...(criteria.length > 0 && weight !== WHOLE_WEIGHT
      ? [{ ...lack('criteria', null), code: 'not_hundred' as const, id: 'criteria' }]
      : []),
  ];
}

const lack = (part: StepLack['part'], place: number | null) => ({ part, place, code: 'required' as const });
