import { bringWords } from '../../i18n/i18n';
import { lazyPart } from '../../ui/page/lazy-part';

/** With its words, when it is first asked for. */
export const SubscribeDialog = lazyPart(async () => {
  const [dialog] = await Promise.all([import('./SubscribeDialog'), bringWords('feeds')]);
  return dialog;
});

/** The same without a dialog around it. */
export const Feeds = lazyPart(async () => {
  const [feeds] = await Promise.all([import('./Feeds'), bringWords('feeds')]);
  return feeds;
});

/** A menu that puts one entry into my own calendar. */
export const AddToCalendar = lazyPart(async () => {
  const [menu] = await Promise.all([import('./AddToCalendar'), bringWords('feeds')]);
  return menu;
});
