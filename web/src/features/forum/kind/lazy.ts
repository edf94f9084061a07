import { lazyPart } from '../../../ui/page/lazy-part';

/** Calm words are worth no error: who types while the line is down has none. */
export const KindWords = lazyPart(() => import('./KindWords').catch(() => ({ default: () => null })));
