import type { Font } from 'fontkit';

/** What fontkit keeps of where marks stand, as far as it is mended here. */
interface Positions {
  applyLookup: (this: Positions, kind: number, table: unknown) => boolean;
  getAnchor: (this: Positions, anchor: unknown) => unknown;
}

const NO_ANCHOR = new Error('This rule has no anchor for these glyphs.');
const mended = new WeakSet<Positions>();

/**
 * Fonts leave out anchors on purpose: such a rule does not apply, and the next is tried. fontkit 2.0.4 fails instead (foliojs/fontkit#367), with most
 * words in Malayalam, Telugu, Gurmukhi or Khmer. All fonts share what is mended, those that pdfkit opens, too.
 */
export function allowMissingAnchors(font: Font): void {
  const { _layoutEngine: layout } = font as unknown as { _layoutEngine: { engine?: { GPOSProcessor?: object } } };
  const processor = layout.engine?.GPOSProcessor;
  if (!processor) return;
  const positions = Object.getPrototypeOf(processor) as Positions;
  if (mended.has(positions)) return;
  mended.add(positions);
  const { applyLookup, getAnchor } = positions;
  positions.applyLookup = function (kind, table) {
    try {
      return applyLookup.call(this, kind, table);
    } catch (error) {
      if (error === NO_ANCHOR) return false;
      throw error;
    }
  };
  positions.getAnchor = function (anchor) {
    if (!anchor) throw NO_ANCHOR;
    return getAnchor.call(this, anchor);
  };
}
