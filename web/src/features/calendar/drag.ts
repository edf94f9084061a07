import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { AgendaItem } from '../../../../src/contracts/calendar';

/** What is dragged: an entry, and how far below its upper edge it is held. */
interface Held {
  item: AgendaItem;
  below: number;
}

/** Where something hovers or was let go: `top` is the upper edge of what is held, in pixels below that of the target. */
export interface Over {
  item: AgendaItem;
  top: number;
}

const isHeld = (data: Record<string | symbol, unknown>): data is Record<string | symbol, unknown> & Held =>
  'item' in data;

/** Lets an entry be dragged. Returns what takes that back. */
export function makeDraggable(element: HTMLElement, item: AgendaItem, onHeld: (held: boolean) => void): () => void {
  return draggable({
    element,
    getInitialData: ({ input }) => ({ item, below: input.clientY - element.getBoundingClientRect().top }),
    onDragStart: () => onHeld(true),
    onDrop: () => onHeld(false),
  });
}

/** Lets entries be dropped here. `onOver` hears where one hovers, and null when it is gone. */
export function makeTarget(
  element: HTMLElement,
  { onOver, onDrop }: { onOver: (over: Over | null) => void; onDrop: (over: Over) => void },
): () => void {
  const overOf = (data: Record<string | symbol, unknown>, clientY: number): Over | null =>
    isHeld(data) ? { item: data.item, top: clientY - data.below - element.getBoundingClientRect().top } : null;
  return dropTargetForElements({
    element,
    canDrop: ({ source }) => isHeld(source.data),
    onDragEnter: ({ source, location }) => onOver(overOf(source.data, location.current.input.clientY)),
    onDrag: ({ source, location }) => onOver(overOf(source.data, location.current.input.clientY)),
    onDragLeave: () => onOver(null),
    onDrop: ({ source, location }) => {
      onOver(null);
      const over = overOf(source.data, location.current.input.clientY);
      if (over) onDrop(over);
    },
  });
}
