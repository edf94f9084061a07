import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Registration, Workshop } from '../../../../../src/contracts/workshops/workshops';
import { useMe } from '../../../api/session';
import { useNow } from '../../../time/clock';
import { Avatar } from '../../../ui/people/Avatar';
import { Group } from '../../../ui/page/Group';
import { PersonName } from '../../../ui/people/PersonName';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { Rows } from '../../../ui/page/Row';
import { When } from '../../../ui/times/When';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { useWhoComes } from '../queries';
import { waits } from './registration';
import classes from '../workshops.module.css';

const GuestsPanel = lazyPart(() => import('../../guests/GuestsPanel'));
const KeptPlaces = lazyPart(() => import('../form/KeptPlaces'));

/** Who has a place: faces, or names for those who want them; and who waits, for those who may see it. */
export function WhoComes({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const [names, setNames] = useState(false);
  const { going } = workshop;
  const title = t(Date.parse(workshop.endsAt) <= useNow() ? 'who.titleOver' : 'who.title');
  return (
    <QueryBoundary query={useWhoComes(workshop)} loading={<Coming title={title} count={going} />}>
      {({ items, nextCursor }) => {
        const coming = items.filter((one) => !waits(one));
        const waiting = items.filter(waits);
        return (
          <>
            <Group
              className="mt32"
              title={title}
              count={nextCursor ? going : coming.length}
              right={
                coming.length > 0 && (
                  <button type="button" className="link xs" aria-pressed={names} onClick={() => setNames(!names)}>
                    {t(names ? 'who.faces' : 'who.names')}
                  </button>
                )
              }
            >
              {coming.length === 0 && <p className="t2 mt12">{t('who.nobody')}</p>}
              {names ? <Names workshop={workshop} people={coming} /> : <Faces people={coming} />}
            </Group>
            {workshop.abilities.admit && workshop.reserved > 0 && (
              <Part>
                <KeptPlaces workshop={workshop} coming={coming} />
              </Part>
            )}
            {waiting.length > 0 && <Line people={waiting} count={workshop.waitlisted + workshop.offered} />}
            {workshop.abilities.seeRegistrations &&
              (workshop.publicPath !== null || items.some(({ guest }) => guest)) && (
                <Part>
                  <GuestsPanel workshop={workshop} />
                </Part>
              )}
          </>
        );
      }}
    </QueryBoundary>
  );
}

/** As many places for faces as will come. */
function Coming({ title, count }: { title: string; count: number }) {
  const { t } = useTranslation('workshops');
  return (
    <Group className="mt32" title={title} count={count}>
      <VisuallyHidden role="status">{t('common:loading')}</VisuallyHidden>
      <div className={`${classes.seats} mt12`} aria-hidden="true">
        {Array.from({ length: count }, (_, index) => (
          <Skeleton key={index} circle height={32} width={32} />
        ))}
      </div>
    </Group>
  );
}

function Faces({ people }: { people: readonly Registration[] }) {
  const { t } = useTranslation('workshops');
  return (
    <ul className={`${classes.seats} mt12`}>
      {people.map(({ person, guest }) => {
        const name = guest === 'along' ? t('who.along', { name: person.name }) : person.name;
        return (
          <li key={person.id} title={name}>
            <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={32} />
            <VisuallyHidden>{name}</VisuallyHidden>
          </li>
        );
      })}
    </ul>
  );
}

function Names({ workshop, people }: { workshop: Workshop; people: readonly Registration[] }) {
  const { t } = useTranslation('workshops');
  return (
    <Rows tight label={t('who.title')}>
      {people.map(({ person, mode, status, registeredAt, guest }) => (
        <li key={person.id}>
          <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={32} />
          <div className="grow">
            <PersonName className="title" person={person} {...(!guest && { cohortId: workshop.cohortId })} you />
            <div className="meta">
              {guest && <span>{guest === 'along' ? t('who.along', { name: person.name }) : t('who.guest')}</span>}
              <When at={registeredAt} />
              {mode && <span>{t(`mode.${mode}`)}</span>}
              {status !== 'going' && <span>{t(`who.is.${status}`)}</span>}
            </div>
          </div>
        </li>
      ))}
    </Rows>
  );
}

function Line({ people, count }: { people: readonly Registration[]; count: number }) {
  const { t } = useTranslation('workshops');
  const me = useMe();
  return (
    <Group title={t('who.waiting')} count={count}>
      <ol className={`${classes.queue} mt12`}>
        {people.map(({ person, position, mode, status, guest }) => (
          <li key={person.id} data-me={person.id === me.id}>
            {position !== undefined && <b>{position}</b>}
            <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={24} />
            <PersonName person={person} you />
            {guest && (
              <span className="xs">{t(guest === 'along' ? 'who.along' : 'who.guest', { name: person.name })}</span>
            )}
            {mode && <span className="xs">{t(`mode.${mode}`)}</span>}
            {status === 'offered' && <span className="xs">{t('who.is.offered')}</span>}
          </li>
        ))}
      </ol>
    </Group>
  );
}
