import type { MailProof } from '../../infra/mail/mail-thread.js';

/**
 * Whether the domain in From stands behind this mail to this address. A signature proves who wrote, not to whom it was sent: a mail that somebody
 * else got could be handed over once more, at another address. So it counts when it covers this address.
 */
export function isProven({ spf, signatures }: MailProof, address: string): boolean {
  return spf || signaturesTo(signatures, address).length > 0;
}

/** Those that cover this address. */
export const signaturesTo = (signatures: MailProof['signatures'], address: string): MailProof['signatures'] =>
  signatures.filter(({ to }) => to.includes(address));
