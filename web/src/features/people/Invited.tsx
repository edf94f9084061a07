import { useTranslation } from 'react-i18next';
import type { Role } from '../../api/types';
import { Avatar } from '../../ui/people/Avatar';
import { ButtonLink } from '../../ui/ButtonLink';
import { Group } from '../../ui/page/Group';
import { Tag } from '../../ui/page/State';
import { useInvitedPeople } from '../../ui/people/people';
import classes from './people.module.css';

/** Who is invited and has not come yet, below those who are here: for the programme team, who can plan with them. Nothing where there is nobody. */
export function Invited({ cohortId, q, role }: { cohortId: string; q: string; role?: Role | undefined }) {
  const { t } = useTranslation('people');
  const people = useInvitedPeople(cohortId, q, { role, enabled: true }).data ?? [];
  if (people.length === 0) return null;
  return (
    <Group
      title={t('invitedTitle')}
      count={people.length}
      right={
        <ButtonLink size="sm" to="/c/$cohortId/people/import" params={{ cohortId }} search={{ tab: 'sent' } as never}>
          {t('import.tabs.sent')}
        </ButtonLink>
      }
    >
      <ul className="list">
        {people.map((one) => (
          <li key={one.invitationId} className={`${classes.person} t2`}>
            <Avatar id={one.invitationId} name={one.name} size={40} />
            <div className={classes.who}>
              {one.name}
              {one.craft && <div>{t(`common:crafts.${one.craft}`)}</div>}
            </div>
            <div className={classes.where}>{[t(`common:roles.${one.role}`), ...one.projectNames].join(', ')}</div>
            <div className={classes.skills}>{one.email}</div>
            <div className={classes.acts}>
              <Tag>{t(one.isSent ? 'common:invited' : 'common:notInvited')}</Tag>
            </div>
          </li>
        ))}
      </ul>
    </Group>
  );
}
