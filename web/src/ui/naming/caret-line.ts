import type { CSSProperties } from 'react';

/** As high as a list of names gets, in pixels, and what is left free beside it. */
const [HIGHEST, GAP] = [232, 4];
const LIKE_IT = ['padding', 'font-family', 'font-size', 'font-weight', 'line-height', 'letter-spacing', 'tab-size'];

/** The line of the caret in a field, from the field's top; a textarea does not say it, so its text is laid out once more. */
function lineOf(area: HTMLTextAreaElement): { top: number; height: number } {
  const copy = document.createElement('div');
  const style = getComputedStyle(area);
  for (const name of LIKE_IT) copy.style.setProperty(name, style.getPropertyValue(name));
  const box = { position: 'absolute', visibility: 'hidden', boxSizing: 'border-box', width: `${area.clientWidth}px` };
  Object.assign(copy.style, { ...box, whiteSpace: 'pre-wrap', overflowWrap: 'break-word' });
  copy.textContent = area.value.slice(0, area.selectionStart);
  const end = copy.appendChild(document.createElement('span'));
  end.textContent = '|';
  area.after(copy);
  const line = { top: area.clientTop + end.offsetTop - area.scrollTop, height: end.offsetHeight };
  copy.remove();
  return line;
}

/** Where in the box around a field its list stands: below the line of the caret, above it where it would leave the window. */
export function placeAtCaret(area: HTMLTextAreaElement, box: HTMLElement): CSSProperties {
  const around = box.getBoundingClientRect();
  const line = lineOf(area);
  const top = area.getBoundingClientRect().top + line.top;
  const below = top + line.height + GAP;
  const isLow = below + HIGHEST > window.innerHeight && top > HIGHEST;
  return isLow ? { bottom: around.bottom - top + GAP } : { top: below - around.top, bottom: 'auto' };
}
