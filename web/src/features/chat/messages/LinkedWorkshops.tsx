import { Link } from '@tanstack/react-router';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatShortDay } from '../../../time/format';
import { TimeRange } from '../../../ui/times/When';
import { useLiveWorkshops, useWorkshop } from '../../workshops/queries';
import { Mine, PlacesWords, Where } from '../../workshops/WorkshopRow';
import type { LinkedWorkshop } from './message-links';
import classes from './LinkedMessages.module.css';

/** The workshops that a text links to, each as a small card on which one can join. Who may not see one sees the link alone. */
export default function LinkedWorkshops({ places }: { places: readonly LinkedWorkshop[] }) {
  return (
    <div className={classes.cards}>
      {places.map((place) => (
        <Linked key={place.workshopId} place={place} />
      ))}
    </div>
  );
}

function Linked({ place: { cohortId, workshopId } }: { place: LinkedWorkshop }) {
  const { data, isPending } = useWorkshop(cohortId, workshopId);
  useLiveWorkshops(cohortId);
  if (isPending) return <div className={classes.card} aria-hidden="true" />;
  return data ? <Card workshop={data} /> : null;
}

function Card({ workshop }: { workshop: Workshop }) {
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const { cohortId, id: workshopId, title, startsAt, endsAt, timeZone, status } = workshop;
  const coming = Date.parse(endsAt) > now;
  return (
    <div className={classes.card}>
      <span className={classes.words}>
        <Link className={classes.page} to="/c/$cohortId/workshops/$workshopId" params={{ cohortId, workshopId }}>
          {title}
        </Link>
        <span className={classes.facts}>
          <span>
            {formatShortDay(startsAt, zone, locale, now)},{' '}
            <TimeRange startsAt={startsAt} endsAt={endsAt} plannedIn={timeZone} />
          </span>
          <Where workshop={workshop} />
          {status === 'published' && coming && (
            <span>
              <PlacesWords workshop={workshop} />
            </span>
          )}
        </span>
      </span>
      {coming && (
        <span className={classes.act}>
          <Mine workshop={workshop} />
        </span>
      )}
    </div>
  );
}
