import type { ReactNode } from 'react';
import { useLocale, useNow, useZone } from '../../time/clock';
import { dayOf, formatDayHead } from '../../time/format';
import { Group } from '../../ui/page/Group';

interface ByDayProps<Item> {
  items: readonly Item[];
  /** The instant by which an item stands under its day. */
  at: (item: Item) => string;
  /** One row, a list item. */
  children: (item: Item) => ReactNode;
}

/** A list under the days of my zone, in the order in which it comes. */
export function ByDay<Item>({ items, at, children }: ByDayProps<Item>) {
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const days = Map.groupBy(items, (item) => dayOf(at(item), zone).toString());
  return [...days].map(([day, those]) => (
    <Group key={day} title={those[0] ? formatDayHead(at(those[0]), zone, locale, now) : ''}>
      <ul className="list">{those.map(children)}</ul>
    </Group>
  ));
}
