import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { useLocale, useNow } from '../time/clock';
import { formatTime } from '../time/format';

export type ZoneSelectProps = Omit<SelectProps, 'data' | 'searchable'> & {
  /** The sentence under the field, told with the hour it is there. */
  hint?: (time: string) => string;
};

/** The list behind `ZoneSelect`, with the library's box that floats. */
export default function ZoneList({ hint, value, ...rest }: ZoneSelectProps) {
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
