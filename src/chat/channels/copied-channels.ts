import type { Types } from 'mongoose';

const COPIED = 'copied:';

/** The key of the channel of a cohort that is like an open one of another: it is made once. */
export const keyOfCopy = (cohortId: string, like: Types.ObjectId) => `${COPIED}${cohortId}:${String(like)}`;

/** Whether a channel was made like one of another cohort. */
export const isCopy = (key: string) => key.startsWith(COPIED);
