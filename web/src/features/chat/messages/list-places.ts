import type { MessageRowData } from './rows';
import type { Start } from '../reading/useOpened';

/** Far above any number of older messages: rows that come above take lower numbers, and nothing jumps. */
export const FIRST = 1_000_000;
/** Pixels. */
export const NEAR_END = 40;
/** Past the last row as well, to the foot of the list. */
export const END = { index: 'LAST', align: 'end', offset: NEAR_END } as const;
/** A little of what was read stays above. */
export const BELOW_TOP = { align: 'start', offset: -80 } as const;
/** So much of a row, in pixels, must be in sight. */
const SIGHT = 24;

/** The row where the list begins. */
export function startOf(start: Start, rows: readonly MessageRowData[], firstNew: number) {
  if (typeof start === 'object') {
    const index = rows.findIndex((row) => row.message?.seq === start.seq);
    if (index >= 0) return { index, align: 'center' as const };
  }
  return start === 'new' && firstNew >= 0 ? { index: firstNew, ...BELOW_TOP } : END;
}

/** Whether a row has gone out of sight at the top. */
export function isAbove(scroller: HTMLElement | null, index: number): boolean {
  const drawn = [...(scroller?.querySelectorAll<HTMLElement>('[data-item-index]') ?? [])];
  const row = drawn.find((one) => Number(one.dataset.itemIndex) === index);
  if (row) return row.getBoundingClientRect().bottom < (scroller?.getBoundingClientRect().top ?? 0) + SIGHT;
  return drawn.length > 0 && Number(drawn[0]?.dataset.itemIndex) > index;
}

/** The place in the channel of the last message that is wholly in sight; 0: none is. */
export function lastInSight(scroller: HTMLElement | null): number {
  const foot = scroller?.getBoundingClientRect().bottom ?? 0;
  const drawn = [...(scroller?.querySelectorAll<HTMLElement>('[data-seq]') ?? [])];
  const last = drawn.findLast((row) => row.getBoundingClientRect().bottom <= foot + 1);
  return Number(last?.dataset.seq ?? 0);
}

/**
 * Whether what is drawn lies where it will stay: the list puts rows where it believes them to be until it has measured those that it drew, for a frame or more, and one
 * that begins `atFoot` is sent there after that.
 */
export function isInPlace(scroller: HTMLElement, atFoot: boolean): boolean {
  const drawn = [...scroller.querySelectorAll<HTMLElement>('[data-item-index]')];
  const isMeasured = ({ dataset, offsetHeight }: HTMLElement) =>
    Math.abs(Number(dataset.knownSize) - offsetHeight) <= 1;
  return drawn.length > 0 && drawn.every(isMeasured) && (!atFoot || gapOf(scroller) <= 1);
}

/** How far, in pixels, the list stands above its foot. */
export function gapOf(scroller: HTMLElement | null): number {
  const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = scroller ?? {};
  return scrollHeight - scrollTop - clientHeight;
}
