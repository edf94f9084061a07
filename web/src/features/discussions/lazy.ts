import { bringWords } from '../../i18n/i18n';
import { lazyPart } from '../../ui/page/lazy-part';

const withWords = async <T>(part: Promise<T>): Promise<T> => (await Promise.all([part, bringWords('discussions')]))[0];

export const Discussions = lazyPart(() => withWords(import('./Discussions')));
export const AsReply = lazyPart(() => withWords(import('./AsReply')));
export const CarriedReply = lazyPart(() => withWords(import('./CarriedReply')));
