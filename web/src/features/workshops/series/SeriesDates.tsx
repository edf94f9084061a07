import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconCalendarPlus, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  SeriesDate,
  SeriesRegistration,
  WorkshopSeries,
} from '../../../../../src/contracts/workshops/workshop-series';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatShortDay } from '../../../time/format';
import { ConfirmDialog } from '../../../ui/confirm';
import { Group } from '../../../ui/page/Group';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { Icon } from '../../../ui/Icon';
import { Notice, State } from '../../../ui/page/State';
import { toastProblem } from '../../../ui/toast';
import { TimeRange } from '../../../ui/times/When';
import { LengthenDialog } from './LengthenDialog';
import { repeatWords } from '../form/repeat-words';
import { countsOf, nextOf, useSeries, useSeriesActs } from './series';
import classes from '../workshops.module.css';

/** So many dates are shown at first. */
const AT_FIRST = 6;

/** The other dates of a workshop's series, my standing with each, and joining or leaving them all. */
export default function SeriesDates({ workshop }: { workshop: Workshop }) {
  return (
    <QueryBoundary query={useSeries(workshop)} ns="workshops">
      {(series) => <Dates workshop={workshop} series={series} />}
    </QueryBoundary>
  );
}

function Dates({ workshop, series }: { workshop: Workshop; series: WorkshopSeries }) {
  const { t } = useTranslation('workshops');
  const locale = useLocale();
  const now = useNow();
  const [whole, setWhole] = useState(false);
  const [answer, setAnswer] = useState<SeriesRegistration | null>(null);
  const { dates, timeZone } = series;
  // Of the dates that it was made with, some may have been dropped, or are drafts still: as many are named as stand below.
  const repeat = { ...series.repeat, count: series.repeat.count === null ? null : dates.length };
  const shown = whole ? dates : nextOf(dates, workshop.id, now, AT_FIRST);
  const refused = new Map(answer?.dates.map((date) => [date.workshopId, date.refused]));
  return (
    <Group
      className="mt32"
      title={t('series.title')}
      count={dates.length}
      right={
        shown.length < dates.length && (
          <button type="button" className="link xs" onClick={() => setWhole(true)}>
            {t('series.all')}
          </button>
        )
      }
    >
      <p className="t2 mt8">{repeatWords(repeat, timeZone, locale, t)}</p>
      <ul className="list tight">
        {shown.map((date) => (
          <DateRow
            key={date.workshopId}
            workshop={workshop}
            date={date}
            refused={refused.get(date.workshopId) ?? null}
          />
        ))}
      </ul>
      {answer && (
        <div className="mt12">
          <Notice tone={countsOf(answer).refused > 0 ? 'wait' : 'ok'}>{t('series.joined', countsOf(answer))}</Notice>
        </div>
      )}
      <Together series={series} onJoined={setAnswer} title={workshop.title} />
      <Longer workshop={workshop} series={series} />
    </Group>
  );
}

interface DateRowProps {
  workshop: Workshop;
  date: SeriesDate;
  refused: string | null;
}

function DateRow({ workshop, date, refused }: DateRowProps) {
  const { t } = useTranslation('workshops');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const { workshopId, startsAt, endsAt, timeZone, title } = date;
  const isHere = workshopId === workshop.id;
  const day = formatShortDay(startsAt, zone, locale, now);
  return (
    <li className={classes.dateRow} aria-current={isHere ? 'page' : undefined}>
      <span className="grow">
        {isHere ? (
          <b>{day}</b>
        ) : (
          <Link
            className="title"
            to="/c/$cohortId/workshops/$workshopId"
            params={{ cohortId: workshop.cohortId, workshopId }}
          >
            {day}
          </Link>
        )}{' '}
        <TimeRange className="t2" startsAt={startsAt} endsAt={endsAt} plannedIn={timeZone} />
        {title !== workshop.title && <span className="t2"> · {title}</span>}
      </span>
      <span className={classes.dateState}>
        {refused ? (
          <State tone="alert">{t([`series.refused.${refused}`, `problems.${refused}`])}</State>
        ) : (
          <Standing date={date} />
        )}
      </span>
    </li>
  );
}

function Standing({ date }: { date: SeriesDate }) {
  const { t } = useTranslation('workshops');
  const now = useNow();
  const { status, mine, endsAt, placesLeft, abilities } = date;
  if (status === 'cancelled') return <State tone="alert">{t('state.cancelled')}</State>;
  if (status === 'draft') return <State>{t('state.draft')}</State>;
  if (mine?.status === 'waitlisted')
    return <State tone="wait">{t('state.waitlisted', { position: mine.position ?? 1 })}</State>;
  if (mine?.status === 'offered') return <State tone="wait">{t('state.offered')}</State>;
  if (mine?.status === 'absent' || mine?.status === 'excused') return <State>{t(`state.${mine.status}`)}</State>;
  if (mine) return <State tone="ok">{t(`state.${mine.status}`)}</State>;
  if (Date.parse(endsAt) <= now) return <State>{t('series.past')}</State>;
  if (!abilities.join) return <State icon={IconUser}>{t('series.notJoined')}</State>;
  return <span className="t2">{placesLeft > 0 ? t('mine.free', { count: placesLeft }) : t('mine.full')}</span>;
}

/** For who looks after it: more dates. */
function Longer({ workshop, series }: { workshop: Workshop; series: WorkshopSeries }) {
  const { t } = useTranslation('workshops');
  const [opened, setOpened] = useState(false);
  if (!series.abilities.lengthen || workshop.status === 'cancelled') return null;
  return (
    <div className="row wrap g8 mt12">
      <Button leftSection={<Icon of={IconCalendarPlus} />} onClick={() => setOpened(true)}>
        {t('lengthen.open')}
      </Button>
      {opened && <LengthenDialog workshop={workshop} series={series} onClose={() => setOpened(false)} />}
    </div>
  );
}

interface TogetherProps {
  series: WorkshopSeries;
  title: string;
  onJoined: (answer: SeriesRegistration | null) => void;
}

/** Join all coming dates, or leave all of them. */
function Together({ series, title, onJoined }: TogetherProps) {
  const { t } = useTranslation('workshops');
  const text = useProblemText('workshops');
  const acts = useSeriesActs(series.cohortId, series.id);
  const [busy, setBusy] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const { abilities, dates } = series;
  const now = useNow();
  const mine = dates.filter((date) => date.abilities.leave && Date.parse(date.startsAt) > now).length;
  const joinable = dates.filter((date) => date.abilities.join).length;
  if (!abilities.join && !abilities.leave) return null;
  const join = async () => {
    setBusy(true);
    try {
      onJoined(await acts.join());
    } catch (error) {
      toastProblem(text(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="row wrap g8 mt12">
      {abilities.join && (
        <Button loading={busy} onClick={() => void join()}>
          {t('series.join', { count: joinable })}
        </Button>
      )}
      {abilities.leave && (
        <Button color="corde" onClick={() => setLeaving(true)}>
          {t('series.leave', { count: mine })}
        </Button>
      )}
      {abilities.leave && (
        <ConfirmDialog
          opened={leaving}
          onClose={() => setLeaving(false)}
          title={t('series.leaveAsk', { title, count: mine })}
          act={t('series.leave', { count: mine })}
          keep={t('leave.keep')}
          ns="workshops"
          onConfirm={async () => {
            onJoined(null);
            await acts.leave();
          }}
        >
          {t('series.leaveWhat')}
        </ConfirmDialog>
      )}
    </div>
  );
}
