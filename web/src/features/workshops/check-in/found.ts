import { PASS, SHORT_PASS } from '../../../../../src/contracts/workshops/passes';
import type { Registration } from '../../../../../src/contracts/workshops/workshops';
import { fold } from '../../../../../src/common/texts/fold';
import { waits } from '../registrations/registration';

/** Those with a place in whose name each word that was typed begins a word. */
export function found(items: readonly Registration[], typed: string): Registration[] {
  const asked = wordsOf(typed);
  if (asked.length === 0) return [];
  return items.filter((one) => {
    const words = wordsOf(one.person.name);
    return !waits(one) && asked.every((word) => words.some((own) => own.startsWith(word)));
  });
}

/** Who is meant by what was typed: the one with that name, one of several, who shows that pass, or nobody. */
export type Meant =
  | { kind: 'one'; one: Registration }
  | { kind: 'many'; count: number }
  | { kind: 'none' }
  | { kind: 'pass'; pass: string };

/** A name goes before a pass: eight letters can be either, and no pass is spelled as the name of who stands there. */
export function meant(items: readonly Registration[], typed: string): Meant {
  const [one, ...others] = found(items, typed);
  if (one) return others.length === 0 ? { kind: 'one', one } : { kind: 'many', count: others.length + 1 };
  const signs = typed.replace(/[\s-]/g, '');
  const isPass = signs.length === SHORT_PASS || signs.length === PASS.place + PASS.turn + PASS.proof;
  return isPass && /^[0-9a-z]+$/i.test(signs) ? { kind: 'pass', pass: typed.trim() } : { kind: 'none' };
}

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
