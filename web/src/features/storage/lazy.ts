import { bringWords } from '../../i18n/i18n';
import { lazyPart } from '../../ui/page/lazy-part';

/** How much room my files take, on the page of my settings. */
export const MyStorage = lazyPart(async () => {
  const [part] = await Promise.all([import('./MyStorage'), bringWords('storage')]);
  return part;
});

/** What a cohort holds, on the page of its settings. */
export const CohortStorage = lazyPart(async () => {
  const [part] = await Promise.all([import('./CohortStorage'), bringWords('storage')]);
  return part;
});
