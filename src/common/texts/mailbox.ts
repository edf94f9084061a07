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
