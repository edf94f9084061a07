import { Switch, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoachingLoad, FellowLoad } from '../../../../../src/contracts/mentoring/coaching-load';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatDate, formatRelative } from '../../../time/format';
import { Group } from '../../../ui/page/Group';
import { PersonName } from '../../../ui/people/PersonName';
import { State } from '../../../ui/page/State';
import classes from './load.module.css';
import { LoadAsFile } from './LoadAsFile';
import { silenceOf } from '../sessions/session-words';

const MAX_SHADE = 2;

/** Sessions held with each fellow, week by week, as a small heat table: who has waited longest comes first. */
export function ContactTable({ cohortId, load }: { cohortId: string; load: CoachingLoad }) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const [only, setOnly] = useState(false);
  const { weeks, fellows } = load;
  const unserved = fellows.filter((fellow) => fellow.unserved);
  const shown = only ? unserved : fellows;
  return (
    <Group title={t('loads.contact')} count={shown.length} right={<LoadAsFile load={load} />}>
      <p className="t2 mt12">
        {t('loads.contactWhat')} {t('loads.lead', { unserved: unserved.length })}
      </p>
      <Switch
        mt="sm"
        label={t('loads.onlyUnserved')}
        checked={only}
        onChange={(event) => setOnly(event.currentTarget.checked)}
      />
      {fellows.length === 0 && <p className="t2 mt12">{t('loads.noFellows')}</p>}
      {shown.length > 0 && (
        <div className={classes.scroll} role="group" aria-label={t('loads.contact')} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('loads.fellow')}</th>
                <th scope="col">{t('loads.without')}</th>
                {weeks.map((week, index) => (
                  <th key={week} scope="col" className={classes.cell}>
                    <VisuallyHidden>{formatDate(week, locale)}</VisuallyHidden>
                    {/* Every third one has the room for its date. */}
                    <span aria-hidden="true">{index % 3 === 0 && `${week.slice(8)}/${week.slice(5, 7)}`}</span>
                  </th>
                ))}
                <th scope="col">{t('loads.next')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((fellow) => (
                <Row key={fellow.person.id} cohortId={cohortId} fellow={fellow} weeks={weeks} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Group>
  );
}

interface RowProps {
  cohortId: string;
  fellow: FellowLoad;
  weeks: readonly string[];
}

function Row({ cohortId, fellow, weeks }: RowProps) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const { person, projectName, sessions, unserved, nextSessionAt } = fellow;
  const silence = silenceOf(fellow);
  const words = t(`loads.${silence.key}`, { days: silence.days });
  return (
    <tr>
      <th scope="row">
        <PersonName person={person} cohortId={cohortId} />
        <span className={`t2 ${classes.sub}`}>{projectName}</span>
      </th>
      <td>{unserved ? <State tone="alert">{words}</State> : words} </td>
      {sessions.map((count, index) => (
        <td key={weeks[index]} className={classes.cell} data-count={Math.min(count, MAX_SHADE)}>
          <span title={t('loads.cell', { date: formatDate(weeks[index] ?? '', locale), count })}>{count || '·'}</span>
        </td>
      ))}
      <td>
        {nextSessionAt ? (
          formatRelative(nextSessionAt, zone, locale, now)
        ) : (
          <span className="t3">{t('loads.none')}</span>
        )}
      </td>
    </tr>
  );
}
