import { bringWords } from '../../i18n/i18n';
import { lazyPart } from '../../ui/page/lazy-part';

/** Few texts have links to things of this installation: what shows these comes when one has. */
export const LinkCards = lazyPart(async () => {
  const [cards] = await Promise.all([import('./LinkCards'), ...['cards', 'forum', 'workshops'].map(bringWords)]);
  return cards;
});
