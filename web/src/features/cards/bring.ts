import { bringWords } from '../../i18n/i18n';
import { bringCards as bring } from './cards';

/** Brings the cards of some texts with what shows them, so that nothing moves when these are drawn. */
export async function bringCards(texts: readonly string[]): Promise<void> {
  await Promise.all([bring(texts), import('./LinkCards'), ...['cards', 'forum', 'workshops'].map(bringWords)]);
}
