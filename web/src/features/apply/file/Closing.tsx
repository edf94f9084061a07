import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../../src/contracts/calls/applications';
import { useLocale, useZone } from '../../../time/clock';
import { useThere } from '../call/Timeline';
import { momentIn, spanTo } from '../call/timing';
import { useTick } from '../call/useTick';

/** Until when something can be handed in, counted down, by the reader's clock and that of the call. */
export function Closing({ call }: { call: Application['call'] }) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const { closesAt, timeZone, isOpen } = call;
  const span = spanTo(closesAt, useTick(closesAt), locale);
  const other = useThere()(closesAt, timeZone);
  const at = momentIn(closesAt, zone, locale);
  return (
    <span>
      <time dateTime={closesAt}>{isOpen ? t('file.closes', { span, at }) : t('file.closed', { at })}</time>
      {other && <span className="t3"> ({other})</span>}
    </span>
  );
}
