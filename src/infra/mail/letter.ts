import type { Locale } from '../../contracts/primitives.js';

/** One thing in a list of a mail. */
export interface LetterItem {
  title: string;
  url: string;
  body: string;
  /** Null for what nobody can stop. */
  stop: { label: string; url: string } | null;
}

/** Several values stand as a list under their label; `isLink`: the value is an address that leads there. */
export interface LetterFact {
  label: string;
  value: string | readonly string[];
  isLink?: boolean;
}

/** What a mail of ours says; every text is plain, and escaped. */
export interface Letter {
  locale: Locale;
  heading: string;
  lines: string[];
  /** Small rows of facts: when, where, with whom. */
  facts?: LetterFact[];
  /** Lists under their heads, each item with its own way to stop it. */
  lists?: { title: string; items: LetterItem[]; more?: string }[];
  action?: { label: string; url: string };
  /** What one can do besides, said quietly. */
  other?: { label: string; url: string };
  /** Why this mail came, and where to change that. */
  footer: string;
  footerLink?: { label: string; url: string };
}

/**
 * The letter as HTML and as the text part that says the same. React and its mail parts weigh 40 MB of memory: they are loaded with the
 * first letter, not at the start.
 */
export async function renderLetter(letter: Letter): Promise<{ html: string; text: string }> {
  const { renderPage } = await import('./letter-page.js');
  return renderPage(letter);
}
