import { Button } from '@mantine/core';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttendanceCode, AttendanceMark, Registration, Workshop } from '../../../../src/contracts/workshops';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatAbsolute } from '../../time/format';
import { Avatar } from '../../ui/Avatar';
import { Panel } from '../../ui/Panel';
import { PeoplePicker } from '../../ui/PeoplePicker';
import { PersonName } from '../../ui/PersonName';
import { QueryBoundary } from '../../ui/QueryBoundary';
import { Rows } from '../../ui/Row';
import { useWhoComes } from './queries';
import { waits } from './registration';
import { useAttendanceCode, useMark } from './useAttendance';
import classes from './workshops.module.css';

const Qr = lazy(() => import('./Qr'));

/** For hosts and staff, from the day before on: the code to show, and the list where one press says who is here. */
export default function WhoIsHere({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const now = useNow();
  return (
    <Panel title={t('attendance.title')} className="mt24">
      <QueryBoundary query={useAttendanceCode(workshop)} ns="workshops">
        {(code) => (
          <>
            {now < Date.parse(code.until) && <Code workshop={workshop} code={code} />}
            {now >= Date.parse(code.from) && <List workshop={workshop} />}
          </>
        )}
      </QueryBoundary>
    </Panel>
  );
}

/** Large enough for the last row; when it counts is said in words. */
function Code({ workshop, code: { code, from, until } }: { workshop: Workshop; code: AttendanceCode }) {
  const { t } = useTranslation('workshops');
  const now = useNow();
  const [zone, locale] = [useZone(), useLocale()];
  const counts = now >= Date.parse(from);
  const at = formatAbsolute(counts ? until : from, zone, locale);
  const page = new URL(`/c/${workshop.cohortId}/workshops/${workshop.id}?code=${code}`, window.location.origin);
  return (
    <div className={`${classes.screen} mt12`}>
      <div className={classes.qr}>
        <Suspense>
          <Qr address={page.href} label={t('attendance.qr')} />
        </Suspense>
      </div>
      <div>
        <p className={classes.code}>{code}</p>
        <p className="t2 mt4">{t(counts ? 'attendance.how' : 'attendance.soon', { at })}</p>
      </div>
    </div>
  );
}

function List({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const mark = useMark(workshop);
  return (
    <QueryBoundary query={useWhoComes(workshop)}>
      {({ items }) => {
        const placed = items.filter((one) => !waits(one));
        const here = placed.filter(({ status }) => status === 'attended').length;
        return (
          <>
            <p className="med mt16" role="status">
              {t('attendance.count', { here, all: placed.length })}
            </p>
            <Rows tight label={t('attendance.title')}>
              {items.map((one) => (
                <OnePerson key={one.userId} workshop={workshop} one={one} mark={mark} />
              ))}
            </Rows>
            <PeoplePicker
              className="mt16"
              cohortId={workshop.cohortId}
              label={t('attendance.walkIn')}
              description={t('attendance.walkInHelp')}
              without={[...items.map(({ userId }) => userId), ...workshop.hosts]}
              onChange={(ids) => ids.forEach((userId) => void mark(userId, 'attended'))}
            />
          </>
        );
      }}
    </QueryBoundary>
  );
}

const MARKS = ['attended', 'absent', 'excused'] as const;

interface OnePersonProps {
  workshop: Workshop;
  one: Registration;
  mark: (userId: string, status: AttendanceMark) => Promise<void>;
}

/** A press says it, another one takes it back. Who waits can only have come. */
function OnePerson({ workshop, one: { userId, person, status, mode }, mark }: OnePersonProps) {
  const { t } = useTranslation('workshops');
  const isWaiting = waits({ status });
  return (
    <li className={`${classes.present} ${classes.center}`}>
      <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={32} />
      <div className="grow">
        <PersonName person={person} cohortId={workshop.cohortId} you />
        {(isWaiting || mode) && (
          <div className="meta">
            {isWaiting && <span>{t(status === 'offered' ? 'who.is.offered' : 'mine.waitlisted')}</span>}
            {mode && <span>{t(`mode.${mode}`)}</span>}
          </div>
        )}
      </div>
      <div className={classes.marks}>
        {MARKS.filter((as) => !isWaiting || as === 'attended').map((as) => (
          <Button
            key={as}
            size="xs"
            variant={status === as ? 'filled' : 'default'}
            aria-pressed={status === as}
            aria-label={t('attendance.named', { mark: t(`attendance.mark.${as}`), name: person.name })}
            onClick={() => void mark(userId, status === as ? 'going' : as)}
          >
            {t(`attendance.mark.${as}`)}
          </Button>
        ))}
      </div>
    </li>
  );
}
