import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Invitation, Overview } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useNow, useZone } from '../../time/clock';
import { daysAway } from '../../time/format';
import { Group } from '../../ui/page/Group';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../ui/toast';
import classes from './board.module.css';

const FIRST_SHOWN = 8;
/** Who has not come so many days after the invitation may not have got it. */
const LATE_DAYS = 3;

/** Whether somebody waits for longer than people take to read their mail. */
export const isLate = (invitedAt: string, zone: string, now: number) => -daysAway(invitedAt, zone, now) >= LATE_DAYS;

/** Who was invited and has not come, the longest waiting first. */
export function NeverSignedIn({ people, cohortId }: { people: Overview['neverSignedIn']; cohortId: string }) {
  const { t } = useTranslation('board');
  const now = useNow();
  const zone = useZone();
  const client = useQueryClient();
  const text = useProblemText('board');

  const sendAgain = async ({ invitationId, name }: Overview['neverSignedIn'][number]) => {
    try {
      const invitation = await api.post<Invitation>(`/cohorts/${cohortId}/invitations/${invitationId}/send`);
      if (invitation.url) await navigator.clipboard.writeText(invitation.url).catch(() => undefined);
      toast(t('never.again', { name }));
      await client.invalidateQueries({ queryKey: keys.in(cohortId, 'invitations') });
    } catch (error) {
      toastProblem(text(error));
    }
  };

  return (
    <div id="never">
      <Group
        title={t('never.title')}
        count={people.length}
        className=""
        right={
          <Link
            className="link"
            to="/c/$cohortId/people/import"
            params={{ cohortId }}
            search={{ tab: 'sent' } as never}
          >
            {t('never.all')}
          </Link>
        }
      >
        {people.length === 0 && <p className="t2 mt12">{t('never.none')}</p>}
        <ul className="list tight">
          {people.slice(0, FIRST_SHOWN).map((one) => (
            <li key={one.invitationId} className={classes.mid}>
              <div className="grow">
                <b>{one.name}</b>{' '}
                <span className="t2">
                  {t('never.as', { role: one.role })},{' '}
                  <span className={isLate(one.invitedAt, zone, now) ? classes.late : undefined}>
                    {t('never.since', { count: -daysAway(one.invitedAt, zone, now) })}
                  </span>
                </span>
              </div>
              <Button size="sm" aria-label={t('never.sendFor', { name: one.name })} onClick={() => void sendAgain(one)}>
                {t('never.send')}
              </Button>
            </li>
          ))}
        </ul>
      </Group>
    </div>
  );
}
