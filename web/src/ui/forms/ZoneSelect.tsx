import { TextInput } from '@mantine/core';
import { useNow, useLocale } from '../../time/clock';
import { formatTime, zoneWords } from '../../time/format';
import type { ZoneSelectProps } from './ZoneList';
import { lazyPart } from '../page/lazy-part';
import { Part } from './Part';

const ZoneList = lazyPart(() => import('./ZoneList'));

/** Every time zone the browser knows, found by typing a city. Its list comes after the page; until then the zone stands there. */
export function ZoneSelect(props: ZoneSelectProps) {
  return (
    <Part lost="fallback" fallback={<Waiting {...props} />}>
      <ZoneList {...props} />
    </Part>
  );
}

function Waiting({ hint, value, label, mt, w }: ZoneSelectProps) {
  const locale = useLocale();
  const now = useNow();
  const time = value ? formatTime(new Date(now).toISOString(), value, locale) : undefined;
  return (
    <TextInput label={label} mt={mt} w={w} value={zoneWords(value ?? '')} readOnly description={time && hint?.(time)} />
  );
}
