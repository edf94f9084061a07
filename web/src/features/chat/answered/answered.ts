import type { AnsweredBefore } from '../../../../../src/contracts/forum/answered';
import { createStore } from '../../../api/store';

/** The solved topic that what I last asked resembles, in which channel I asked. */
export const answered = createStore<{ channelId: string; topic: NonNullable<AnsweredBefore['topic']> } | null>(null);
