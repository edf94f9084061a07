/** Houses that take mail for one mailbox under several names. */
const SAME_HOUSE: Record<string, string> = { 'googlemail.com': 'gmail.com' };

/**
 * The mailbox in which letters to an address end, to count them by: whatever follows a `+`, and dots, make another address for it wherever there are most mailboxes. Two
 * people whose addresses differ by these alone are counted as one, which harms nobody.
 */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf('@');
  const [name = '', house] = [email.slice(0, at).split('+', 1)[0], email.slice(at + 1)];
  return `${name.replaceAll('.', '')}@${Object.hasOwn(SAME_HOUSE, house) ? SAME_HOUSE[house] : house}`;
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** All addresses of a mailbox, as an expression that an index of addresses serves: no address begins with a dot. */
export function addressesOf(mailbox: string): RegExp {
  const at = mailbox.lastIndexOf('@');
  const [name, house] = [mailbox.slice(0, at), mailbox.slice(at + 1)];
  const houses = [house, ...Object.keys(SAME_HOUSE).filter((other) => SAME_HOUSE[other] === house)].map(literally);
  // Dots may stand behind each character.
  const written = name.replace(/./gu, (character) => `${literally(character)}\\.*`);
  // An expression with choices is looked for in the whole of an index, not from its beginning on: so only where there are some.
  const last = houses.length === 1 ? houses[0] : `(${houses.join('|')})`;
  return new RegExp(`^${written}(\\+.*)?@${last}$`);
}
