import { bringWords } from '../../../i18n/i18n';
import { lazyPart } from '../../../ui/page/lazy-part';

/** For pages of other features: comes with its words when it is first needed. */
export const WhatIf = lazyPart(async () => {
  const [part] = await Promise.all([import('./WhatIf'), bringWords('reminders')]);
  return part;
});
