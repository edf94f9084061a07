import type { ParsedMail } from 'mailparser';

/** A header as text, the first of its name. */
const headerOf = (mail: ParsedMail, name: string) =>
  (mail.headerLines.find(({ key }) => key === name)?.line ?? '')
    .replace(/^[^:]*:/, '')
    .trim()
    .toLowerCase();

const OF_PROGRAMS = [
  ...['list-id', 'list-post', 'list-unsubscribe', 'x-failed-recipients', 'x-loop'],
  ...['x-autoreply', 'x-autorespond', 'x-auto-response-suppress'],
];

/** Written by a program, not a person: it is never answered (RFC 3834, section 2). */
export function isAutomatic(mail: ParsedMail, returnPath: string): boolean {
  const submitted = headerOf(mail, 'auto-submitted');
  return (
    returnPath === '' ||
    (submitted !== '' && !submitted.startsWith('no')) ||
    /^(bulk|junk|list|auto_reply)/.test(headerOf(mail, 'precedence')) ||
    OF_PROGRAMS.some((name) => headerOf(mail, name) !== '')
  );
}

/** The status by which a report says that a mail was not delivered for good (RFC 3464), null for any other mail. */
export function failureOf(mail: ParsedMail): string | null {
  const report = mail.attachments.find(({ contentType }) => contentType === 'message/delivery-status');
  if (!report) return null;
  // Blocks of fields, folded as headers are; the first is about the message, each other about one recipient.
  const blocks = report.content
    .toString('utf8')
    .replace(/\r\n/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/);
  for (const block of blocks) {
    const field = (name: string) => new RegExp(`^${name}:\\s*(\\S+)`, 'im').exec(block)?.[1]?.toLowerCase();
    const status = field('status');
    if (field('action') === 'failed' && status && isGone(status)) return status;
  }
  return null;
}

/** No such mailbox, no such host, moved, or closed (RFC 3463); a full box, a policy or a line that is down may be other tomorrow. */
export const isGone = (status: string): boolean => /^5\.(1\.(1|2|3|6|10)|2\.1)$/.test(status);

/**
 * The status by which a server refused the address of a mail that we handed over, null when it refused something else. Servers without enhanced
 * codes are believed when they refuse the recipient for good.
 */
export function refusedAddress(cause: unknown): string | null {
  const {
    responseCode = 0,
    command,
    response = '',
  } = (typeof cause === 'object' && cause !== null ? cause : {}) as {
    responseCode?: number;
    command?: string;
    response?: string;
  };
  if (responseCode < 500) return null;
  const status = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  if (status) return isGone(status) ? status : null;
  return command === 'RCPT TO' && [550, 551, 553].includes(responseCode) ? `${responseCode}` : null;
}
