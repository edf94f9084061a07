import EmailReplyParser from 'email-reply-parser';

/** What somebody wrote above what they answer to, without signature; empty when that is nothing. */
export function answerText(text: string): string {
  return new EmailReplyParser()
    .read(text)
    .getVisibleText()
    .replace(/[\u200b\u200e\u200f\ufeff]/g, '')
    .trim();
}
