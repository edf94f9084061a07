import { lazy } from 'react';
import { i18n } from '../../i18n/i18n';

/** With its words, when it is first asked for. */
export const SubscribeDialog = lazy(async () => {
  const [dialog] = await Promise.all([import('./SubscribeDialog'), i18n.loadNamespaces('feeds')]);
  return dialog;
});

/** The same without a dialog around it. */
export const Feeds = lazy(async () => {
  const [feeds] = await Promise.all([import('./Feeds'), i18n.loadNamespaces('feeds')]);
  return feeds;
});

/** A menu that puts one entry into my own calendar. */
export const AddToCalendar = lazy(async () => {
  const [menu] = await Promise.all([import('./AddToCalendar'), i18n.loadNamespaces('feeds')]);
  return menu;
});
