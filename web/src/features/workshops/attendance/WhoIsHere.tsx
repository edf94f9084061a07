import { Button, TextInput } from '@mantine/core';
import { IconCloudOff, IconScan } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttendanceCode, AttendanceMark, Workshop } from '../../../../../src/contracts/workshops/workshops';
import { useMe } from '../../../api/session';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatAbsolute } from '../../../time/format';
import { ButtonLink } from '../../../ui/ButtonLink';
import { Icon } from '../../../ui/Icon';
import { Avatar } from '../../../ui/people/Avatar';
import { Panel } from '../../../ui/page/Panel';
import { PeoplePicker } from '../../../ui/people/PeoplePicker';
import { PersonName } from '../../../ui/people/PersonName';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { Rows } from '../../../ui/page/Row';
import { State } from '../../../ui/page/State';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { shownAs } from './marks';
import { useWaiting } from './marks-outbox';
import { useWhoComes } from '../queries';
import { waits } from '../registrations/registration';
import { useAttendanceCode, useLetIn, useMark, useRefusedMarks } from './useAttendance';
import classes from '../workshops.module.css';

/** A mark is on its way for less than this. */
const PATIENCE_MS = 1_500;

const Qr = lazyPart(() => import('./Qr'));

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
            {now < Date.parse(code.until) && <ToTheDoor workshop={workshop} />}
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
        <Part>
          <Qr address={page.href} label={t('attendance.qr')} />
        </Part>
      </div>
      <div>
        <p className={classes.code}>{code}</p>
        <p className="t2 mt4">{t(counts ? 'attendance.how' : 'attendance.soon', { at })}</p>
      </div>
    </div>
  );
}

/** Where people show their own codes. */
function ToTheDoor({ workshop: { cohortId, id } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  return (
    <ButtonLink
      className="mt12"
      variant="filled"
      to="/c/$cohortId/workshops/$workshopId/check-in"
      params={{ cohortId, workshopId: id }}
      leftSection={<Icon of={IconScan} />}
    >
      {t('checkIn.open')}
    </ButtonLink>
  );
}

function List({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const mark = useMark(workshop);
  const waiting = useWaiting(workshop.id, useMe().id);
  useRefusedMarks();
  return (
    <QueryBoundary query={useWhoComes(workshop)}>
      {(page) => {
        const items = shownAs(page.items, waiting);
        const placed = items.filter((one) => !waits(one));
        const comingIn = waiting.filter((one) => one.kind === 'guest');
        const here = placed.filter(({ status }) => status === 'attended').length + comingIn.length;
        return (
          <>
            <p className="med mt16" role="status">
              {t('attendance.count', { here, all: placed.length + comingIn.length })}
            </p>
            <StillWaiting count={waiting.length} />
            <Rows tight label={t('attendance.title')}>
              {items.map((one) => (
                <OnePerson key={one.userId} workshop={workshop} one={one} mark={mark} />
              ))}
              {comingIn.map(({ key, name }) => (
                <li key={key} className={`${classes.present} ${classes.center}`}>
                  <Avatar id={key} name={name} url={null} size={32} />
                  <div className="grow">
                    <span>{name}</span>
                    <div className="meta">
                      <span>{t('who.guest')}</span>
                      <span>{t('attendance.waits')}</span>
                    </div>
                  </div>
                </li>
              ))}
            </Rows>
            <PeoplePicker
              className="mt16"
              cohortId={workshop.cohortId}
              label={t('attendance.walkIn')}
              description={t('attendance.walkInHelp')}
              without={[...items.map(({ userId }) => userId), ...workshop.hosts]}
              onChange={(ids) => ids.forEach((userId) => mark(userId, 'attended'))}
            />
            <GuestIsHere workshop={workshop} />
          </>
        );
      }}
    </QueryBoundary>
  );
}

/** A press without a network shows at once; what waits for longer than that is said. */
function StillWaiting({ count }: { count: number }) {
  const { t } = useTranslation('workshops');
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(count > 0), count > 0 ? PATIENCE_MS : 0);
    return () => clearTimeout(timer);
  }, [count]);
  return (
    <div role="status">
      {shown && count > 0 && (
        <p className="mt8">
          <State tone="wait" icon={IconCloudOff}>
            {t('attendance.waiting', { count })}
          </State>
        </p>
      )}
    </div>
  );
}

/** Somebody from outside who has not registered. */
function GuestIsHere({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const letIn = useLetIn(workshop);
  const [name, setName] = useState('');
  return (
    <form
      className={`${classes.letIn} mt16`}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return;
        letIn(name.trim());
        setName('');
      }}
    >
      <TextInput
        label={t('attendance.guestName')}
        description={t('attendance.guestHelp')}
        maxLength={100}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        {t('attendance.guestAct')}
      </Button>
    </form>
  );
}

/** That a mark waits is no news while it is on its way. */
function Late() {
  const { t } = useTranslation('workshops');
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return shown ? <span>{t('attendance.waits')}</span> : null;
}

const MARKS = ['attended', 'absent', 'excused'] as const;

interface OnePersonProps {
  workshop: Workshop;
  one: ReturnType<typeof shownAs>[number];
  mark: (userId: string, status: AttendanceMark) => void;
}

/** A press says it, another one takes it back. Who waits can only have come. */
function OnePerson({ workshop, one, mark }: OnePersonProps) {
  const { t } = useTranslation('workshops');
  const { userId, person, status, mode, guest } = one;
  const name = guest === 'along' ? t('who.along', { name: person.name }) : person.name;
  const isWaiting = waits({ status });
  return (
    <li className={`${classes.present} ${classes.center}`}>
      <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={32} />
      <div className="grow">
        {guest ? <span>{person.name}</span> : <PersonName person={person} cohortId={workshop.cohortId} you />}
        {(isWaiting || mode || guest || one.isWaiting) && (
          <div className="meta">
            {guest && <span>{guest === 'along' ? name : t('who.guest')}</span>}
            {one.isWaiting && <Late />}
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
            aria-label={t('attendance.named', { mark: t(`attendance.mark.${as}`), name })}
            onClick={() => mark(userId, status === as ? 'going' : as)}
          >
            {t(`attendance.mark.${as}`)}
          </Button>
        ))}
      </div>
    </li>
  );
}
