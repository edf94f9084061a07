import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale, useNow } from '../../time/clock';
import { formatTime, zoneWords } from '../../time/format';

export type ZoneSelectProps = Omit<SelectProps, 'data' | 'searchable'> & {
  /** The sentence under the field, told with the hour it is there. */
  hint?: (time: string) => string;
};

/** The list behind `ZoneSelect`, with the library's box that floats. */
export default function ZoneList({ hint, value, ...rest }: ZoneSelectProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf('timeZone');
    const all = value && !known.includes(value) ? [value, ...known] : known;
    return all.map((zone) => ({ value: zone, label: zoneWords(zone) }));
  }, [value]);
  const time = value ? formatTime(new Date(now).toISOString(), value, locale) : undefined;
  return (
    <Select
      {...rest}
      value={value}
      data={zones}
      searchable
      nothingFoundMessage={t('noZone')}
      // What is typed takes the place of the zone, rather than being put behind it.
      onFocus={(event) => event.currentTarget.select()}
      onClick={(event) => event.currentTarget.select()}
      allowDeselect={false}
      limit={100}
      description={time && hint?.(time)}
    />
  );
}
