import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { useLocale, useNow } from '../time/clock';
import { formatTime } from '../time/format';

type ZoneSelectProps = Omit<SelectProps, 'data' | 'searchable'> & {
  /** The sentence under the field, told with the hour it is there. */
  hint?: (time: string) => string;
};

/** Every time zone the browser knows, found by typing a city. */
export function ZoneSelect({ hint, value, ...rest }: ZoneSelectProps) {
  const locale = useLocale();
  const now = useNow();
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf('timeZone');
    return value && !known.includes(value) ? [value, ...known] : known;
  }, [value]);
  const time = value ? formatTime(new Date(now).toISOString(), value, locale) : undefined;
  return (
    <Select
      {...rest}
      value={value}
      data={zones}
      searchable
      allowDeselect={false}
      limit={100}
      description={time && hint?.(time)}
    />
  );
}
