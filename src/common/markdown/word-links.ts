import LinkifyIt, { type Match } from 'linkify-it';

/** Nobody writes a longer address; one is also searched no farther than that. */
const LONGEST_WORD = 2000;
/** Addresses that a word may hold: an archive's has that of the page in it. More of them are no address. */
const MAX_BEGINNINGS = 4;

const BEGINNINGS = /:\/\/|www\.|mailto:|@/gi;

/**
 * Finds the addresses in a text that are written out: `https://...`, `www...`, and those of mail. An address has no space in it, so that each
 * word is looked at by itself: what a text costs grows with its length only, where the library's own search begins anew at each address.
 */
class WordLinks extends LinkifyIt {
  override test(text: string): boolean {
    return this.match(text) !== null;
  }

  override match(text: string): Match[] | null {
    const found: Match[] = [];
    for (const { 0: word, index } of text.matchAll(/\S+/g)) {
      if (!mayBeAddress(word)) continue;
      for (const link of super.match(word) ?? []) {
        link.index += index;
        link.lastIndex += index;
        found.push(link);
      }
    }
    return found.length > 0 ? found : null;
  }

  override matchAtStart(text: string): Match | null {
    const word = /^\S*/.exec(text.slice(0, LONGEST_WORD + 1))?.[0] ?? '';
    return mayBeAddress(word) ? super.matchAtStart(word) : null;
  }
}

function mayBeAddress(word: string): boolean {
  if (word.length > LONGEST_WORD) return false;
  BEGINNINGS.lastIndex = 0;
  let count = 0;
  while (count <= MAX_BEGINNINGS && BEGINNINGS.test(word)) count += 1;
  return count > 0 && count <= MAX_BEGINNINGS;
}

/** A name without its beginning is no address: `main.ts` and `cordee.py` are files. */
export function wordLinks(): LinkifyIt {
  const links = new WordLinks({ fuzzyLink: false, fuzzyEmail: true, fuzzyIP: false });
  links.add('ftp:', null).add('//', null);
  // An address of mail may be at any house: the library takes a name as a pattern.
  links.tlds('[a-z]{2,24}', true);
  links.add('www.', {
    validate: (text, position, self) => {
      const beginning = 'http://www.';
      const tail = self.testSchemaAt(`${beginning}${text.slice(position)}`, 'http:', 'http:'.length);
      return Math.max(0, tail - (beginning.length - 'http:'.length));
    },
    normalize: (link) => {
      link.url = `http://${link.url}`;
    },
  });
  return links;
}
