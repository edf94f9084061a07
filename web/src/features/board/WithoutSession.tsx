import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../../src/contracts/cohorts/cohorts';
import { Avatar } from '../../ui/people/Avatar';
import { ButtonLink } from '../../ui/ButtonLink';
import { Group } from '../../ui/page/Group';
import { useMessage } from '../../ui/markdown/message';
import { PersonName } from '../../ui/people/PersonName';
import classes from './board.module.css';

/** After so many days without a session it is late in red. */
const LATE_DAYS = 35;
const FIRST_SHOWN = 10;

/** Fellows whom no coach has met for four weeks, the longest first. */
export function WithoutSession({ people, cohortId }: { people: Overview['withoutSession']; cohortId: string }) {
  const { t } = useTranslation('board');
  const { message, busy } = useMessage();
  const [all, setAll] = useState(false);
  const shown = all ? people : people.slice(0, FIRST_SHOWN);
  return (
    <div id="noSession">
      <Group title={t('noSession.title')} count={people.length} className="">
        {people.length === 0 ? (
          <p className="t2 mt12">{t('noSession.none')}</p>
        ) : (
          <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('noSession.title')}>
            <table className={`${classes.table} mt8`}>
              <thead>
                <tr>
                  <th scope="col">{t('noSession.fellow')}</th>
                  <th scope="col">{t('noSession.place')}</th>
                  <th scope="col" className={classes.end}>
                    {t('noSession.days')}
                  </th>
                  <th scope="col">
                    <VisuallyHidden>{t('act')}</VisuallyHidden>
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map(({ person, projectId, projectName, coach, days, lastSessionAt }) => (
                  <tr key={person.id}>
                    <td>
                      <span className="row">
                        <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={24} />
                        <PersonName person={person} cohortId={cohortId} className="title" />
                      </span>
                    </td>
                    <td className="t2">
                      {projectName ?? t('noSession.noProject')}, {coach?.name ?? t('noSession.noCoach')}
                    </td>
                    <td className={`${classes.end} ${days >= LATE_DAYS ? classes.late : ''}`}>
                      {days}
                      {!lastSessionAt && <span className="t3 xs"> {t('noSession.never')}</span>}
                    </td>
                    <td className={classes.end}>
                      <span className="row end">
                        {coach || !projectId ? (
                          <Button
                            size="sm"
                            loading={busy === person.id}
                            aria-label={t('messageTo', { name: person.name })}
                            onClick={() => message(person.id)}
                          >
                            {t('message')}
                          </Button>
                        ) : (
                          <ButtonLink
                            size="sm"
                            to="/c/$cohortId/projects/$projectId"
                            params={{ cohortId, projectId }}
                            aria-label={t('noSession.assignTo', { name: person.name })}
                          >
                            {t('noSession.assign')}
                          </ButtonLink>
                        )}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {shown.length < people.length && (
          <Button mt={12} onClick={() => setAll(true)}>
            {t('noSession.all', { count: people.length })}
          </Button>
        )}
      </Group>
    </div>
  );
}
