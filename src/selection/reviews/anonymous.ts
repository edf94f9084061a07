import { inTurns } from '../../common/in-turns.js';
import { fold } from '../../common/texts/fold.js';
import { type Word, wordsIn } from '../../common/texts/search-words.js';
import { type Answer, type Answers, isFile } from '../../contracts/calls/answers.js';
import { type FormField, type InBoth, NAME_FIELD } from '../../contracts/calls/forms.js';
import { isHiddenAtFirst } from '../steps/step-rules.js';

/** What stands where a name or an address was. */
export const TAKEN_OUT = '[…]';
/** A shorter part of a name (de, le, da) is in every text: it is taken out with the rest of the name alone. */
const MIN_NAME_LENGTH = 3;
/** A shorter part of a name is within many other words. */
const MIN_WITHIN_LENGTH = 5;
const MAX_NAME_LENGTH = 300;
const MIN_PHONE_DIGITS = 8;

/** Every mail address, whoever it belongs to. Its parts are as long as RFC 5321 (section 4.5.3.1) lets them be. */
const ADDRESSES = /[^\s@<>()",;:]{1,64}@[^\s@<>()",;:]{1,255}/g;
/** Scripts that set no spaces between words. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
const NUMBERS = /\+?\d(?:[\s().-]{0,3}\d){5,17}/g;

/** What a step shows and hides. `known`: the fields that there were when staff chose; one that came later is hidden if its form says so. */
export interface Hiding {
  hidden: readonly string[];
  known: readonly string[];
}

/** What a juror sees of a file in a step that hides some fields. */
export interface ShownFile {
  fields: FormField[];
  answers: Answers;
  /** The labels of the fields that are hidden. */
  hidden: InBoth[];
}

/**
 * A file without the fields that a step hides, and without those that are asked only after a certain answer to one of them: that they are there would say what was answered. Where the
 * step hides the name, the words of the name, mail addresses, and phone numbers that were hidden are taken out of all other texts, and files have no names: the name of a file often is
 * that of a person. What a text tells in other words stays.
 */
export async function shownFile(
  { fields, answers }: { fields: readonly FormField[]; answers: Answers },
  { hidden: chosen, known }: Hiding,
): Promise<ShownFile> {
  const [isChosen, isKnown] = [new Set(chosen), new Set(known)];
  const keys = new Set<string>();
  for (const field of fields) {
    const isHidden = isChosen.has(field.key) || (!isKnown.has(field.key) && isHiddenAtFirst(field));
    if (isHidden || field.shownIf.some(({ field: asked }) => keys.has(asked))) keys.add(field.key);
  }
  const shown = fields.filter(({ key }) => !keys.has(key));
  const hidden = fields.filter(({ key, kind }) => keys.has(key) && kind !== 'section');
  const who = keys.has(NAME_FIELD) ? new Who(hidden, answers) : null;
  const seen = shown.flatMap(({ key }): [string, Answer][] =>
    answers[key] === undefined ? [] : [[key, answers[key]]],
  );
  // A long text takes as long as everybody may wait for: others have their turn between two.
  const made = who
    ? await inTurns(seen, textOf, ([key, answer]): [string, Answer] => [key, withoutNames(answer, who)])
    : seen;
  return { fields: shown, answers: Object.fromEntries(made), hidden: hidden.map(({ label }) => label) };
}

const textOf = ([, answer]: readonly [string, Answer]): string => (typeof answer === 'string' ? answer : '');

function withoutNames(answer: Answer, who: Who): Answer {
  if (isFile(answer)) return { ...answer, name: '' };
  return typeof answer === 'string' ? who.takenOutOf(answer) : answer;
}

/** By what somebody is known: the words of their name, and the numbers that they gave. */
class Who {
  private readonly name: string;
  private readonly phrase: readonly string[];
  private readonly words: ReadonlySet<string>;
  private readonly within: readonly string[];
  private readonly numbers: readonly string[];

  constructor(hidden: readonly FormField[], answers: Answers) {
    const name = answers[NAME_FIELD];
    this.name = typeof name === 'string' ? name.slice(0, MAX_NAME_LENGTH).trim() : '';
    this.phrase = wordsIn(this.name).map(({ word }) => word);
    this.words = new Set(this.phrase.filter((word) => word.length >= MIN_NAME_LENGTH));
    this.within = this.phrase.filter((word) => word.length >= MIN_WITHIN_LENGTH);
    const phones = hidden.filter(({ kind }) => kind === 'phone').map(({ key }) => answers[key]);
    this.numbers = phones.flatMap((phone) => (typeof phone === 'string' ? lastDigits(phone) : []));
  }

  /** A text without them, however they are written: with a capital, without an accent, within a link. */
  takenOutOf(text: string): string {
    const apart = this.name.length > 1 && WITHOUT_SPACES.test(this.name) ? text.split(this.name).join(TAKEN_OUT) : text;
    const anonymous = apart
      .replace(ADDRESSES, TAKEN_OUT)
      .replace(NUMBERS, (number) => (this.isTheirs(number) ? TAKEN_OUT : number));
    const words = wordsIn(anonymous);
    let kept = '';
    let at = 0;
    for (let index = 0; index < words.length; index += 1) {
      const length = this.lengthAt(words, index);
      const [first, last] = [words[index], words[index + length - 1]];
      if (!first || !last || length === 0) continue;
      kept += `${anonymous.slice(at, first.from)}${TAKEN_OUT}`;
      at = last.to;
      index += length - 1;
    }
    return kept + anonymous.slice(at);
  }

  /** How many words from here on are theirs: the whole name, also with the last word first, or one that is a part of it. */
  private lengthAt(words: readonly Word[], index: number): number {
    const { phrase } = this;
    for (const order of [phrase, [...phrase.slice(-1), ...phrase.slice(0, -1)]])
      if (order.length > 1 && order.every((word, offset) => words[index + offset]?.word === word)) return order.length;
    const word = words[index]?.word ?? '';
    return this.words.has(word) || this.within.some((part) => word.includes(part)) ? 1 : 0;
  }

  private isTheirs(number: string): boolean {
    return lastDigits(number).some((digits) => this.numbers.includes(digits));
  }
}

/** The last digits of a phone number: before them stands a country or a nought. */
function lastDigits(phone: string): string[] {
  const digits = fold(phone).replace(/\D/g, '');
  return digits.length >= MIN_PHONE_DIGITS ? [digits.slice(-MIN_PHONE_DIGITS)] : [];
}
