/**
 * What is known of a mail whose hand-over failed. `refused`: the server said no for good (5xx, RFC 5321 section 4.2.1);
 * `later`: it surely has not got the mail, try again; `unknown`: the connection ended while it was being handed over, so it may
 * have been taken, and sending again could make two.
 */
export type HandOver = 'refused' | 'later' | 'unknown';

const BEFORE_ANY_MAIL = new Set([
  'ECONNECTION',
  'EDNS',
  'EAUTH',
  'ETLS',
  'EENVELOPE',
  'EPROXY',
  'ECONNREFUSED',
  'ENOTFOUND',
]);

/** Reads an error of the SMTP client. An answer of the server is the truth; without one, only what failed before DATA is sure. */
export function handOverOf(error: unknown): HandOver {
  const { responseCode, code, command } = (typeof error === 'object' && error !== null ? error : {}) as {
    responseCode?: number;
    code?: string;
    command?: string;
  };
  if (responseCode !== undefined && responseCode >= 500) return 'refused';
  if (responseCode !== undefined && responseCode >= 400) return 'later';
  if (command === 'CONN' || (code !== undefined && BEFORE_ANY_MAIL.has(code) && command !== 'DATA')) return 'later';
  return 'unknown';
}
