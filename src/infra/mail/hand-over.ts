/**
 * What is known of a mail whose hand-over failed. `refused`: the server said no for good (5xx, RFC 5321 section 4.2.1), or the mail
 * has no address a server could take; `later`: it surely has not got the mail, try again; `unknown`: the connection ended while it
 * was being handed over, so it may have been taken, and sending again could make two.
 */
export type HandOver = 'refused' | 'later' | 'unknown';

/** A mail that the server did not say it took. `hasBegun`: some of its text had left us when it failed. */
export class NotHandedOver extends Error {
  constructor(
    readonly hasBegun: boolean,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : 'the mail was not handed over');
  }
}

/**
 * Reads a failed hand-over. An answer of the server is the truth. Without one, all that counts is whether the text had begun to leave:
 * the client calls a cut and a time-out in the middle of it by the same names as one while connecting.
 */
export function handOverOf(error: unknown): HandOver {
  const { hasBegun, cause } = error instanceof NotHandedOver ? error : { hasBegun: true, cause: error };
  const { responseCode, code, command } = (typeof cause === 'object' && cause !== null ? cause : {}) as {
    responseCode?: number;
    code?: string;
    command?: string;
  };
  if (responseCode !== undefined && responseCode >= 500) return 'refused';
  if (responseCode !== undefined && responseCode >= 400) return 'later';
  if (code === 'EENVELOPE' && command === 'API') return 'refused';
  return hasBegun ? 'unknown' : 'later';
}
