import { Button, TextInput } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Registration, Workshop } from '../../../../../src/contracts/workshops/workshops';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { Notice } from '../../../ui/page/State';
import { Avatar } from '../../../ui/people/Avatar';
import { useLiveWorkshops, useWorkshop } from '../queries';
import { waits } from '../registrations/registration';
import classes from './check-in.module.css';
import { found, meant } from './found';
import { Result } from './Result';
import { seenAgain } from './seen-again';
import { useCheckIns, useEverybody } from './useCheckIns';

const Camera = lazyPart(() => import('./Camera'));

/** More than these are found by one more letter. */
const MOST_SHOWN = 6;

export default function CheckInPage() {
  const { cohortId, workshopId } = useParams({ from: '/shell/c/$cohortId/workshops/$workshopId/check-in' });
  useLiveWorkshops(cohortId);
  return (
    <div className={`page ${classes.page}`}>
      <QueryBoundary query={useWorkshop(cohortId, workshopId)} ns="workshops">
        {(workshop) => <Shown key={workshop.id} workshop={workshop} />}
      </QueryBoundary>
    </div>
  );
}

/** For hosts at the door: a code or a name, and who it is stands there at once. */
function Shown({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const { cohortId, id, title, abilities } = workshop;
  return (
    <>
      <PageHeader
        title={t('checkIn.title')}
        tab={t('checkIn.tab', { title })}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/workshops', params: { cohortId } } },
          { label: title, link: { to: '/c/$cohortId/workshops/$workshopId', params: { cohortId, workshopId: id } } },
        ]}
      />
      {abilities.takeAttendance ? (
        <Entrance workshop={workshop} />
      ) : (
        <div className="mt16">
          <Notice>{t('checkIn.notYours')}</Notice>
        </div>
      )}
    </>
  );
}

function Door({ workshop, people }: { workshop: Workshop; people: readonly Registration[] }) {
  const { t } = useTranslation('workshops');
  const { outcome, busy, checkIn, takeBack, refuse } = useCheckIns(workshop);
  const [seen] = useState(seenAgain);
  const field = useRef<HTMLInputElement>(null);
  const placed = people.filter((one) => !waits(one));
  const here = placed.filter(({ status }) => status === 'attended').length;
  const { cohortId, id } = workshop;
  return (
    <>
      <p className={classes.count} role="status">
        {t('checkIn.count', { here, all: placed.length })}
      </p>
      <div className={classes.door}>
        <Part>
          <Camera
            onText={(text) => {
              if (seen.isNew(text, Date.now())) void checkIn({ pass: text.slice(0, 80) });
            }}
          />
        </Part>
        <div className={classes.desk}>
          <Result
            outcome={outcome}
            onTakeBack={(of) => {
              seen.forget();
              void takeBack(of);
              field.current?.focus();
            }}
          />
          <ByHand
            field={field}
            people={people}
            busy={busy}
            onPass={(pass) => void checkIn({ pass })}
            onPerson={(userId) => void checkIn({ userId })}
            onNobody={refuse}
          />
          <p className="xs t2">
            {t('checkIn.others')}{' '}
            <Link className="link" to="/c/$cohortId/workshops/$workshopId" params={{ cohortId, workshopId: id }}>
              {t('checkIn.toList')}
            </Link>
          </p>
        </div>
      </div>
    </>
  );
}

/** Apart, since who is taken off the workshop while the page is open asks for no names any more. */
function Entrance({ workshop }: { workshop: Workshop }) {
  return (
    <QueryBoundary query={useEverybody(workshop)} ns="workshops">
      {(people) => <Door workshop={workshop} people={people} />}
    </QueryBoundary>
  );
}

interface ByHandProps {
  field: RefObject<HTMLInputElement | null>;
  people: readonly Registration[];
  busy: boolean;
  onPass: (pass: string) => void;
  onPerson: (userId: string) => void;
  onNobody: (words: string) => void;
}

/** The short code of a screen, or a name: Enter takes the only one who is meant, and where there are several one chooses. */
function ByHand({ field, people, busy, onPass, onPerson, onNobody }: ByHandProps) {
  const { t } = useTranslation('workshops');
  const [typed, setTyped] = useState('');
  const close = found(people, typed);
  const done = () => {
    setTyped('');
    field.current?.focus();
  };
  const submit = () => {
    const who = meant(people, typed);
    if (who.kind === 'many') {
      onNobody(t('checkIn.many', { count: who.count }));
    } else if (who.kind === 'none') {
      onNobody(t('checkIn.none'));
    } else {
      if (who.kind === 'one') onPerson(who.one.userId);
      else onPass(who.pass);
      done();
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') submit();
      }}
    >
      <div className={classes.hand}>
        <TextInput
          ref={field}
          label={t('checkIn.field')}
          description={t('checkIn.fieldHelp')}
          inputWrapperOrder={['label', 'description', 'input']}
          autoComplete="off"
          spellCheck={false}
          maxLength={80}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" loading={busy} disabled={typed.trim() === ''}>
          {t('checkIn.act')}
        </Button>
      </div>
      <ul className={classes.close} aria-label={t('checkIn.found')}>
        {close.slice(0, MOST_SHOWN).map(({ userId, person, guest, status }) => (
          <li key={userId}>
            <button
              type="button"
              className={classes.one}
              onClick={() => {
                onPerson(userId);
                done();
              }}
            >
              <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={32} />
              <span className="grow">{guest === 'along' ? t('who.along', { name: person.name }) : person.name}</span>
              {guest === 'guest' && <span className="xs t2">{t('who.guest')}</span>}
              {status !== 'going' && <span className="xs t2">{t(`checkIn.is.${status}`)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}
