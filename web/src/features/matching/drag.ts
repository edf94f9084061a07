import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';

const PERSON = 'matched-person';

const heldId = (data: Record<string | symbol, unknown>) => (typeof data[PERSON] === 'string' ? data[PERSON] : null);

/** Lets somebody be taken. Returns what takes that back. */
export const makeHeld = (element: HTMLElement, applicationId: string, onHeld: (isHeld: boolean) => void) =>
  draggable({
    element,
    getInitialData: () => ({ [PERSON]: applicationId }),
    onDragStart: () => onHeld(true),
    onDrop: () => onHeld(false),
  });

interface Place {
  /** Whether somebody may be put here. */
  takes: (applicationId: string) => boolean;
  onOver: (isOver: boolean) => void;
  onDrop: (applicationId: string) => void;
}

/** Lets people be put into a place. */
export const makePlace = (element: HTMLElement, { takes, onOver, onDrop }: Place) =>
  dropTargetForElements({
    element,
    canDrop: ({ source }) => {
      const id = heldId(source.data);
      return id !== null && takes(id);
    },
    onDragEnter: () => onOver(true),
    onDragLeave: () => onOver(false),
    onDrop: ({ source }) => {
      onOver(false);
      const id = heldId(source.data);
      if (id !== null) onDrop(id);
    },
  });

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const;

/** Goes to the next person or place in the direction of an arrow key; false where there is none, or it is no such key. */
export function goByArrow(board: HTMLElement, key: string): boolean {
  if (!(key in STEPS)) return false;
  const [dx, dy] = STEPS[key as keyof typeof STEPS];
  const here = document.activeElement;
  if (!(here instanceof HTMLElement) || !here.matches('[data-seat]')) return false;
  const at = middleOf(here);
  const next = [...board.querySelectorAll<HTMLElement>('[data-seat]')]
    .filter((one) => one !== here && one.offsetParent !== null)
    .map((one) => {
      const { x, y } = middleOf(one);
      const along = (x - at.x) * dx + (y - at.y) * dy;
      const aside = Math.abs((x - at.x) * dy) + Math.abs((y - at.y) * dx);
      return { one, along, far: along + 3 * aside };
    })
    .filter(({ along }) => along > 4)
    .sort((a, b) => a.far - b.far)[0];
  next?.one.focus();
  return next !== undefined;
}

function middleOf(element: HTMLElement): { x: number; y: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
