import { useContext, useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import type { Over } from './drag';
import { isSameStart, MoveContext, movedTo, onGrid } from './moving';

/** The script comes with the first entry that may be moved: most people move none. */
const library = () => import('./drag');

/** Whether an entry may be moved here and now. */
export function useMayMove(item: AgendaItem): boolean {
  return useContext(MoveContext) !== null && item.abilities.move;
}

/** Makes an element the handle of an entry that may be moved. */
export function useHandle<T extends HTMLElement>(item: AgendaItem): { ref: RefObject<T | null>; isHeld: boolean } {
  const ref = useRef<T>(null);
  const may = useMayMove(item);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!may || !element) return;
    return soon((made) => made.makeDraggable(element, item, setHeld));
  }, [may, item]);
  return { ref, isHeld };
}

/**
 * Makes an element a day to drop on. `minutesAt` tells the minute of the day at a height of it; without it an entry keeps its time. `over` is
 * the minute at which one hovers (-1 where it keeps its time), null where none does.
 */
export function useDay<T extends HTMLElement>(
  day: Temporal.PlainDate,
  zone: string,
  minutesAt?: (top: number) => number,
): { ref: RefObject<T | null>; over: { item: AgendaItem; minutes: number } | null } {
  const ref = useRef<T>(null);
  const ask = useContext(MoveContext);
  const canMove = ask !== null;
  const [over, setOver] = useState<{ item: AgendaItem; minutes: number } | null>(null);
  const minutesOf = ({ top }: Over) => (minutesAt ? onGrid(minutesAt(top)) : -1);
  const onOver = useEffectEvent((hover: Over | null) =>
    setOver(hover && { item: hover.item, minutes: minutesOf(hover) }),
  );
  const onDrop = useEffectEvent((dropped: Over) => {
    const minutes = minutesOf(dropped);
    const to = movedTo(dropped.item, day, minutes < 0 ? null : minutes, zone);
    if (!isSameStart(dropped.item, to)) ask?.(dropped.item, to);
  });
  useEffect(() => {
    const element = ref.current;
    if (!canMove || !element) return;
    return soon((made) => made.makeTarget(element, { onOver: (at) => onOver(at), onDrop: (at) => onDrop(at) }));
  }, [canMove]);
  return { ref, over };
}

/** Does it when the script is there, unless it is not wanted any more by then. */
function soon(make: (made: Awaited<ReturnType<typeof library>>) => () => void): () => void {
  let stop: (() => void) | undefined;
  let isOver = false;
  void library().then((made) => {
    if (!isOver) stop = make(made);
  });
  return () => {
    isOver = true;
    stop?.();
  };
}
