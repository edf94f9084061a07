import { answerText } from './answer-text.js';

/** What runs on a thread: {@link answerText}, of what a stranger may have written. */
export const textOf = ({ text }: { text: string }): string => answerText(text);
