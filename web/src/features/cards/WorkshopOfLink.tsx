import { Link } from '@tanstack/react-router';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatShortDay } from '../../time/format';
import { TimeRange } from '../../ui/times/When';
import { Mine, PlacesWords, Where } from '../workshops/WorkshopRow';
import classes from './LinkCards.module.css';

/** A workshop that is linked to, on which one can join. */
export function WorkshopOfLink({ workshop }: { workshop: Workshop }) {
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
