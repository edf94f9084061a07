import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useSingleKeys, type SingleKeys } from '../../../shell/keys/single-keys';
import { focusWord, inputOf, rowOf } from '../inputs';
import type { ReviewSaver } from '../queries';
import { scoreField, VERDICTS } from '../review';
import type { ReviewActs } from '../useReviewActs';

interface ReviewKeys {
  saver: ReviewSaver;
  canWrite: boolean;
  acts: ReviewActs;
  onKeys: () => void;
}

/** What somebody reads by its own keys: the arrows move what it shows. */
const SCROLLS = '[data-scrolls]';

/** A whole queue by keyboard: the arrows lead from criterion to criterion, a digit is the word of the scale, Y, M and N the verdict, S puts the file off, Ctrl and Enter hand it in. */
export function useReviewKeys({ saver, canWrite, acts, onKeys }: ReviewKeys): void {
  const { t } = useTranslation('reviews');
  const { criteria, scale } = saver.shown.get().draft.server.review;
  const fields = [...criteria.map(({ key }) => scoreField(key)), 'verdict'];
  const here = () =>
    fields.findIndex((field) => document.getElementById(rowOf(field))?.contains(document.activeElement));
  const go = (by: 1 | -1) => {
    if (document.activeElement?.matches(SCROLLS)) return false;
    const at = here();
    const next = at === -1 ? (by === 1 ? 0 : fields.length - 1) : Math.min(Math.max(at + by, 0), fields.length - 1);
    const input = document.getElementById(inputOf(fields[next] ?? ''));
    input?.scrollIntoView({ block: 'nearest' });
    input?.focus({ preventScroll: true });
    return true;
  };
  /** Of the criterion in which one stands: who reads the file changes nothing by a key. */
  const score = (digit: number) => {
    const field = fields[here()];
    if (field === undefined || field === 'verdict') return false;
    saver.type(field, digit);
    // The focus goes along with what is chosen, at once: the next key may follow before it is drawn.
    focusWord(field, digit - 1);
    return true;
  };
  const decide = (verdict: (typeof VERDICTS)[number]) => () => saver.type('verdict', verdict);
  const typed: SingleKeys = Object.fromEntries([
    // By the key, too: where digits need Shift, as on French keyboards, it says another sign.
    ...scale.flatMap((_, at) => [String(at + 1), `Digit${at + 1}`].map((key) => [key, () => score(at + 1)] as const)),
    // The letter of the language of the page, and the one that everybody knows.
    ...VERDICTS.flatMap((one) =>
      [one.charAt(0), t(`verdicts.keys.${one}`).toLowerCase()].flatMap((key) => [
        [key, decide(one)] as const,
        [key.toUpperCase(), decide(one)] as const,
      ]),
    ),
    ['s', acts.skip],
    ['S', acts.skip],
    ['ArrowDown', () => go(1)],
    ['ArrowUp', () => go(-1)],
  ]);
  useSingleKeys(canWrite ? { ...typed, '?': onKeys } : { '?': onKeys });
  const isOver = () => document.querySelector('[role="dialog"]') !== null;
  // Also from a text: that is where one ends.
  useHotkeys([['mod+Enter', (event) => canWrite && !event.repeat && !isOver() && acts.handIn()]], []);
}
