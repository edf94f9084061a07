import { Button } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { IconMapPin, IconUser, IconVideo } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttendanceMode, Workshop } from '../../../../../src/contracts/workshops/workshops';
import { useMe } from '../../../api/session';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatAbsolute } from '../../../time/format';
import { ConfirmDialog } from '../../../ui/confirm';
import { Icon } from '../../../ui/Icon';
import { Panel } from '../../../ui/page/Panel';
import { State } from '../../../ui/page/State';
import { lazyPart } from '../../../ui/page/lazy-part';
import { onFirstClick } from '../../../ui/page/first-click';
import { Part } from '../../../ui/forms/Part';
import { hasBegun, placesLeft, takenOf, waitingFor } from './registration';
import { WhoMayJoin } from '../form/WhoMayJoin';
import { useRegistration } from './useRegistration';
import classes from '../workshops.module.css';

const TeamJoin = lazyPart(() => import('./TeamJoin'));
const CheckIn = lazyPart(async () => ({ default: (await import('../attendance/MyAttendance')).CheckIn }));
const MyPass = lazyPart(() => import('../check-in/MyPass'));
const Excuse = lazyPart(async () => ({ default: (await import('../attendance/MyAttendance')).Excuse }));

const DAY = 86_400_000;

/** The box where one acts: my place or my position, and what I can do about it. */
export function MyPlace({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const taken = takenOf(workshop);
  const { code } = useSearch({ from: '/shell/c/$cohortId/workshops/$workshopId' });
  return (
    <Panel>
      <div className="row between wrap">
        <Standing workshop={workshop} />
        <span className="t2">{t(taken.going > taken.all ? 'places.beyond' : 'places.taken', { ...taken })}</span>
      </div>
      <InLine workshop={workshop} />
      <Offer workshop={workshop} />
      <Pass workshop={workshop} />
      <WhoMayJoin workshop={workshop} />
      {(workshop.abilities.checkIn || code) && (
        <Part>
          <CheckIn workshop={workshop} code={code} />
        </Part>
      )}
      <div className={`${classes.acts} mt16`}>
        <Meeting workshop={workshop} />
        <Switch workshop={workshop} />
        <JoinButtons workshop={workshop} />
        {workshop.abilities.joinAsTeam && (
          <Part>
            <TeamJoin workshop={workshop} />
          </Part>
        )}
        {workshop.abilities.accept && <AcceptButton workshop={workshop} />}
        {workshop.abilities.leave && <LeaveButton workshop={workshop} />}
        {workshop.abilities.excuse && (
          <Part>
            <Excuse workshop={workshop} />
          </Part>
        )}
      </div>
    </Panel>
  );
}

function Standing({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const me = useMe();
  const now = useNow();
  const { mine, hosts, waitlisted } = workshop;
  if (mine?.status === 'waitlisted') return <State tone="wait">{t('mine.waitlisted')}</State>;
  if (mine?.status === 'offered') return <State tone="wait">{t('state.offered')}</State>;
  if (mine?.status === 'going') return <State tone="ok">{t(`mine.going.${mine.mode ?? 'any'}`)}</State>;
  if (mine?.status === 'absent' || mine?.status === 'excused') return <State>{t(`state.${mine.status}`)}</State>;
  if (mine?.status === 'attended' && Date.parse(workshop.endsAt) > now)
    return <State tone="ok">{t('attendance.isHere')}</State>;
  if (mine) return <State tone="ok">{t(`state.${mine.status}`)}</State>;
  if (hosts.includes(me.id)) return <State icon={IconUser}>{t('mine.hosting')}</State>;
  if (Date.parse(workshop.endsAt) <= now) return <State>{t('mine.over')}</State>;
  if (Date.parse(workshop.startsAt) <= now) return <State>{t('mine.started')}</State>;
  const left = placesLeft(workshop);
  if (left > 0 && waitlisted === 0) return <b>{t('mine.free', { count: left })}</b>;
  return <State tone="wait">{t('mine.full')}</State>;
}

/** My position in large, or how long the line is. */
function InLine({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const { mine, waitlisted, waitlistedOnline, abilities, offerMinutes } = workshop;
  if (mine?.status === 'waitlisted') {
    const line = mine.mode === 'online' ? waitlistedOnline : waitlisted - waitlistedOnline;
    return (
      <>
        <p className="mt12">
          <span className={classes.big}>{t('line.position', { position: mine.position ?? line })}</span>{' '}
          <span className="md t2">{t('line.of', { count: line })}</span>
        </p>
        <p className="t2 mt4">
          {offerMinutes === null ? t('line.how') : t('line.howOffer', { hours: offerMinutes / 60 })}
        </p>
        {mine.together && <p className="t2 mt4">{t('line.together')}</p>}
      </>
    );
  }
  if (!abilities.join || waitlisted === 0) return null;
  return <p className="t2 mt8">{t('line.waiting', { count: waitlisted })}</p>;
}

/** What I show at the door, from the day before on without asking. */
function Pass({ workshop: { mine, startsAt } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const now = useNow();
  if (!mine?.pass) return null;
  const words = { title: t('pass.title'), help: t('pass.help'), qr: t('pass.qr') };
  return (
    <div className="mt12">
      <Part>
        <MyPass pass={mine.pass} open={now >= Date.parse(startsAt) - DAY} words={words} />
      </Part>
    </div>
  );
}

/** Until when the place is held. */
function Offer({ workshop: { mine } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const [zone, locale] = [useZone(), useLocale()];
  if (mine?.status !== 'offered' || !mine.until) return null;
  return <p className="mt12">{t('offer.until', { at: formatAbsolute(mine.until, zone, locale) })}</p>;
}

function AcceptButton({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const { accept } = useRegistration(workshop);
  return (
    <Button variant="filled" onClick={() => void accept()}>
      {t('offer.accept')}
    </Button>
  );
}

function Meeting({ workshop: { link, endsAt } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const isOver = Date.parse(endsAt) <= useNow();
  if (!link || isOver) return null;
  return (
    <Button component="a" href={link} target="_blank" rel="noreferrer noopener" leftSection={<Icon of={IconVideo} />}>
      {t('meeting')}
    </Button>
  );
}

const other = (mode: AttendanceMode): AttendanceMode => (mode === 'online' ? 'onsite' : 'online');
const icons = { onsite: IconMapPin, online: IconVideo };

/** The other way to take part, where a place is left there. */
function Switch({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const { join } = useRegistration(workshop);
  const { mine, onlineCapacity, abilities } = workshop;
  if (!mine?.mode || onlineCapacity === null || !abilities.leave) return null;
  const to = other(mine.mode);
  const left = placesLeft(workshop, to);
  if (left === 0) return null;
  const before = waitingFor(workshop, to);
  const waits = mine.status === 'waitlisted';
  return (
    <>
      <Button
        variant={mine.status === 'waitlisted' ? 'filled' : 'default'}
        leftSection={<Icon of={icons[to]} />}
        onClick={() => void join(to)}
      >
        {t(`switch.${to}`)}
      </Button>
      <p className="xs t2">
        {waits && before > 0
          ? t('switch.toLine', { count: before })
          : t(waits ? 'switch.fromLine' : 'switch.left', { count: left })}
      </p>
    </>
  );
}

function JoinButtons({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const { join } = useRegistration(workshop);
  const { abilities, onlineCapacity, waitlisted } = workshop;
  if (!abilities.join) return null;
  if (onlineCapacity === null) {
    const free = placesLeft(workshop) > 0 && waitlisted === 0;
    return (
      <Button variant="filled" onClick={() => void join()}>
        {t(free ? 'join.workshop' : 'join.line')}
      </Button>
    );
  }
  return (['onsite', 'online'] as const).map((mode) => {
    const left = placesLeft(workshop, mode);
    return (
      <div key={mode} className={classes.acts}>
        <Button
          variant={mode === 'onsite' ? 'filled' : 'default'}
          leftSection={<Icon of={icons[mode]} />}
          onClick={() => void join(mode)}
        >
          {t(left > 0 ? `join.${mode}` : `join.line_${mode}`)}
        </Button>
        <p className="xs t2">{t('switch.left', { count: left })}</p>
      </div>
    );
  });
}

/** A place that others wait for is lost at once, so that is asked; else, and once it runs, one leaves and may take it back. */
function LeaveButton({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const { leave, leaveWithUndo } = useRegistration(workshop);
  const now = useNow();
  const [asking, setAsking] = useState(false);
  const { mine, waitlisted, title } = workshop;
  const waits = mine?.status === 'waitlisted';
  const loses = waits || (waitlisted > 0 && !hasBegun(workshop, now));
  const words = waits ? 'leave.line' : mine?.status === 'offered' ? 'offer.decline' : 'leave.workshop';
  return (
    <>
      <Button onClick={onFirstClick(() => (loses ? setAsking(true) : void leaveWithUndo()))}>{t(words)}</Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('leave.ask', { title })}
        act={t(words)}
        keep={t('leave.keep')}
        onConfirm={leave}
      >
        {t(waits ? 'leave.losesLine' : 'leave.losesPlace')}
      </ConfirmDialog>
    </>
  );
}
