import { HOUR, MINUTE } from '../../common/times/clock.js';

/**
 * What is known of a mail whose hand-over failed. `refused`: the server said no for good (5xx, RFC 5321 section 4.2.1), or the mail
 * has no address a server could take; `later`: it surely has not got the mail, try again; `unknown`: the connection ended while it
 * was being handed over, so it may have been taken, and sending again could make two.
 */
export type DeliveryFailure = 'refused' | 'later' | 'unknown';

const FIRST_PAUSE_MS = MINUTE;
const LONGEST_PAUSE_MS = HOUR;

/** So often a mail is tried: with the pauses between, for some seven hours. */
export const MAX_DELIVERY_ATTEMPTS = 12;

/** How long until the next try after so many: a server that asks to come later is asked ever more rarely. Null: no more. */
export function pauseAfter(attempts: number): number | null {
  return attempts >= MAX_DELIVERY_ATTEMPTS ? null : Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
}

/** A mail that the server did not say it took. `hasBegun`: some of its text had left us when it failed. */
export class DeliveryFailed extends Error {
  constructor(
    readonly hasBegun: boolean,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : 'the mail was not handed over');
  }
}

/**
 * How the server answered, by its codes alone (`550 5.1.1`, RFC 5321 section 4.2 and RFC 3463): its words may hold an address. Null when it said
 * nothing.
 */
export function answerOf(error: unknown): string | null {
  const cause = error instanceof DeliveryFailed ? error.cause : error;
  const response = typeof cause === 'object' && cause !== null && 'response' in cause ? cause.response : cause;
  return typeof response === 'string' ? codesOf(response) : null;
}

const codesOf = (response: string): string | null => {
  const [, code, detail] = /^(\d{3})(?:[ -](\d\.\d{1,3}\.\d{1,3}))?/.exec(response) ?? [];
  return code === undefined ? null : [code, detail].filter(Boolean).join(' ');
};

/**
 * Reads a failed hand-over. An answer of the server is the truth. Without one, all that counts is whether the text had begun to leave:
 * the client calls a cut and a time-out in the middle of it by the same names as one while connecting.
 */
export function failureOf(error: unknown): DeliveryFailure {
  const { hasBegun, cause } = error instanceof DeliveryFailed ? error : { hasBegun: true, cause: error };
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
