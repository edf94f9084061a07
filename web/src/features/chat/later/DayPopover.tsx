import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/en-gb';
import 'dayjs/locale/fr';
import { Popover } from '@mantine/core';
import { DatePicker, DatesProvider } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { dayOf } from '../../../time/format';
import { FloatAnchor } from '../composer/FloatAnchor';

interface DayPopoverProps {
  /** `2026-10-13`: the day that is on screen. */
  date: string;
  onPick: (date: string) => void;
  onClose: () => void;
}

/** A calendar at the place where it stands; days to come cannot be chosen. */
export default function DayPopover({ date, onPick, onClose }: DayPopoverProps) {
  const { t } = useTranslation('chat');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const today = dayOf(new Date(now).toISOString(), zone).toString();
  return (
    <Popover opened onChange={onClose} trapFocus position="bottom" withinPortal shadow="md">
      <Popover.Target>
        <FloatAnchor />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('day.title')}>
        <DatesProvider settings={{ locale: locale === 'fr' ? 'fr' : 'en-gb', firstDayOfWeek: 1, weekendDays: [] }}>
          <DatePicker
            value={date}
            defaultDate={date}
            maxDate={today}
            maxLevel="year"
            onChange={(picked) => onPick(picked ?? date)}
            allowDeselect
            hideOutsideDates
            ariaLabels={{
              previousMonth: t('day.previousMonth'),
              nextMonth: t('day.nextMonth'),
              previousYear: t('day.previousYear'),
              nextYear: t('day.nextYear'),
              monthLevelControl: t('day.months'),
            }}
          />
        </DatesProvider>
      </Popover.Dropdown>
    </Popover>
  );
}
