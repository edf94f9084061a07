import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';

/** Where a field that is held would go: before another one, or behind it. */
export type Edge = 'before' | 'behind';

const NAME = 'call-field';

/** Lets a field be taken by its handle. Returns what takes that back. */
export function makeHeld(element: HTMLElement, handle: HTMLElement, key: string, onHeld: (held: boolean) => void) {
  return draggable({
    element,
    dragHandle: handle,
    getInitialData: () => ({ [NAME]: key }),
    onDragStart: () => onHeld(true),
    onDrop: () => onHeld(false),
  });
}

const heldKey = (data: Record<string | symbol, unknown>) => (typeof data[NAME] === 'string' ? data[NAME] : null);

/** Lets fields be put before or behind this one. `onOver` hears where one hovers, and null when it is gone. */
export function makePlace(
  element: HTMLElement,
  key: string,
  { onOver, onDrop }: { onOver: (edge: Edge | null) => void; onDrop: (held: string, edge: Edge) => void },
) {
  const edgeAt = (clientY: number): Edge => {
    const { top, height } = element.getBoundingClientRect();
    return clientY < top + height / 2 ? 'before' : 'behind';
  };
  return dropTargetForElements({
    element,
    canDrop: ({ source }) => heldKey(source.data) !== null && heldKey(source.data) !== key,
    onDragEnter: ({ location }) => onOver(edgeAt(location.current.input.clientY)),
    onDrag: ({ location }) => onOver(edgeAt(location.current.input.clientY)),
    onDragLeave: () => onOver(null),
    onDrop: ({ source, location }) => {
      onOver(null);
      const held = heldKey(source.data);
      if (held !== null) onDrop(held, edgeAt(location.current.input.clientY));
    },
  });
}
