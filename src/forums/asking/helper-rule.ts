import { foldedWords } from '../../common/texts/fold.js';

/** So many are named for a question. */
export const MAX_HELPERS = 3;
/** Whoever was asked so often within seven days is left in peace. */
export const ASKED_ENOUGH = 3;
/** Many answers of before count as so many: else one person would be asked everything. */
const MAX_COUNTED = 3;
/** To say that one gives something weighs more than one answer, and less than many. */
const GIVES = 2;

/** A member as far as it decides whether they may know. */
export interface Candidate {
  userId: string;
  gives: readonly string[];
  /** Questions with one of the tags that they answered. */
  answers: number;
  /** How often they were asked within seven days, for other questions. */
  askedLately: number;
}

/** Who may know, and why. */
export interface Likely {
  userId: string;
  gives: string | null;
  answers: number;
}

/**
 * The members who may know most about a question with these tags: who gives what a tag names, and who answered such questions; of two equals who was asked less, then
 * by id. Nobody without a reason, and nobody who was asked enough.
 */
export function likelyHelpers(tags: readonly string[], candidates: readonly Candidate[]): Likely[] {
  return likeliest(
    tags,
    candidates.filter((one) => !isSpared(one)),
  );
}

/** Those who may know most among the ones who were asked enough: they are spared, and whoever asks reads why they are not among the others. */
export function sparedHelpers(tags: readonly string[], candidates: readonly Candidate[]): Likely[] {
  return likeliest(tags, candidates.filter(isSpared));
}

const isSpared = ({ askedLately }: Candidate) => askedLately >= ASKED_ENOUGH;

function likeliest(tags: readonly string[], candidates: readonly Candidate[]): Likely[] {
  return candidates
    .map((one) => ({ ...one, gives: one.gives.find((skill) => tags.some((tag) => isAbout(skill, tag))) ?? null }))
    .map((one) => ({ ...one, weight: (one.gives === null ? 0 : GIVES) + Math.min(one.answers, MAX_COUNTED) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.askedLately - b.askedLately || (a.userId < b.userId ? -1 : 1))
    .slice(0, MAX_HELPERS)
    .map(({ userId, gives, answers }) => ({ userId, gives, answers }));
}

/** Every word of the tag is in the skill, or every word of the skill in the tag: `accessibility` and "Accessibility audits". */
export function isAbout(skill: string, tag: string): boolean {
  const [skillWords, tagWords] = [new Set(foldedWords([skill])), new Set(foldedWords([tag.replaceAll('-', ' ')]))];
  if (skillWords.size === 0 || tagWords.size === 0) return false;
  const within = (some: ReadonlySet<string>, all: ReadonlySet<string>) => [...some].every((word) => all.has(word));
  return within(tagWords, skillWords) || within(skillWords, tagWords);
}
