import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocale, useNow } from '../../../time/clock';
import { capital, dayOf, formatLongDay, formatRange, zoneWords } from '../../../time/format';
import { Empty } from '../../../ui/page/Empty';
import { type Crumb, PageHeader } from '../../../ui/page/PageHeader';
import { Place } from '../Place';
import { byDay } from '../times';
import classes from './day.module.css';

/** One time of a day: who has it, what their file is called, and how it stands. `who` is null where it is free. */
export interface SheetRow {
  id: string;
  startsAt: string;
  endsAt: string;
  who: React.ReactNode;
  number: string;
  how: string;
}

interface DaySheetProps {
  panel: { name: string; place: string; phone: string };
  /** Whose day it is: the call, and who sits there. */
  lines: string[];
  rows: readonly SheetRow[];
  /** Of the place: the sheet is taken along to it. */
  zone: string;
  /** The day that the address asks for. */
  asked: string | undefined;
  crumbs: Crumb[];
  onDay: (day: string) => void;
}

/** The interviews of a panel on one day, one below the other, to be printed and taken along. Without a day that is asked for it is today's, or the next one's. */
export function DaySheet({ panel, lines, rows, zone, asked, crumbs, onDay }: DaySheetProps) {
  const { t } = useTranslation('interviews');
  const locale = useLocale();
  const now = useNow();
  const days = byDay(rows, zone);
  const today = dayOf(new Date(now).toISOString(), zone).toString();
  const chosen = days.find(({ day }) => day === asked) ?? days.find(({ day }) => day >= today) ?? days.at(-1);
  const named = (day: (typeof days)[number]) => capital(formatLongDay(day.times[0]?.startsAt ?? day.day, zone, locale));
  const title = chosen ? t('sheet.title', { panel: panel.name, day: named(chosen) }) : panel.name;
  return (
    <>
      <PageHeader
        title={title}
        crumbs={crumbs}
        lead={
          <div className={classes.lead}>
            {lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
            <p>
              <Place place={panel.place} />
              {panel.phone !== '' && <> · {panel.phone}</>} · {t('sheet.zone', { zone: zoneWords(zone) })}
            </p>
          </div>
        }
      >
        {chosen && (
          <div className={`row wrap ${classes.acts}`}>
            {days.length > 1 && (
              <NativeSelect
                aria-label={t('sheet.day')}
                value={chosen.day}
                data={days.map((day) => ({ value: day.day, label: named(day) }))}
                onChange={(event) => onDay(event.currentTarget.value)}
              />
            )}
            <Button onClick={() => window.print()}>{t('sheet.print')}</Button>
          </div>
        )}
      </PageHeader>
      {chosen ? (
        <table className={`${classes.sheet} mt24`}>
          <thead>
            <tr>
              <th scope="col">{t('sheet.time')}</th>
              <th scope="col">{t('sheet.who')}</th>
              <th scope="col">{t('sheet.file')}</th>
              <th scope="col">{t('sheet.how')}</th>
            </tr>
          </thead>
          <tbody>
            {chosen.times.map(({ id, startsAt, endsAt, who, number, how }) => (
              <tr key={id} data-free={who === null}>
                <th scope="row">{formatRange(startsAt, endsAt, zone, locale)}</th>
                <td>{who ?? t('times.free')}</td>
                <td>{number}</td>
                <td>{how}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <Empty title={t('times.none')} />
      )}
    </>
  );
}

/** A panel that is not there for who asks. `why`: in a sentence. */
export function NoPanel({ crumbs, why }: { crumbs: Crumb[]; why: string }) {
  const { t } = useTranslation('interviews');
  return <PageHeader title={t('sheet.goneTitle')} lead={why} crumbs={crumbs} />;
}
