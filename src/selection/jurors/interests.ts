import freeMailDomains from 'free-email-domains';
import { fold } from '../../common/texts/fold.js';
import { mailboxOf } from '../../common/texts/mailbox.js';

/** A juror as far as their interests are known. `addresses`: to which they were invited, and that their account has or had. */
export interface InterestedJuror {
  addresses: readonly string[];
  organisation: string;
}

/** A file as far as somebody can have an interest in it. */
export interface InterestingFile {
  email: string;
  agency: string | undefined;
}

/** Known in France, and not in the list. */
const MORE = ['bbox.fr', 'club-internet.fr', 'mailo.com', 'neuf.fr', 'numericable.fr', 'sfr.fr'];
/** Everybody can have a mail address there: it says nothing of whom one works with. */
const FREE = new Set<string>([...freeMailDomains, ...MORE]);

/** Why a juror is kept from a file without being asked: it is their own (however its mailbox is spelled), their organisation's, or of somebody whose mail goes to the same domain. Null: for nothing that is known. */
export function interestIn(juror: InterestedJuror, file: InterestingFile): 'own' | 'agency' | 'domain' | null {
  const mailbox = mailboxOf(file.email);
  if (juror.addresses.some((address) => mailboxOf(address) === mailbox)) return 'own';
  const organisation = keyOf(juror.organisation);
  if (organisation !== '' && organisation === keyOf(file.agency ?? '')) return 'agency';
  const domain = domainOf(file.email);
  return !FREE.has(domain) && juror.addresses.some((address) => domainOf(address) === domain) ? 'domain' : null;
}

const domainOf = (email: string) => email.slice(email.lastIndexOf('@') + 1);

/** Names of organisations are compared without case, accents, marks and spaces. */
const keyOf = (name: string) => fold(name).replace(/[^\p{L}\p{N}]+/gu, '');
