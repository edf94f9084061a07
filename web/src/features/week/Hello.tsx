import { IconHandStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe, useMembership } from '../../api/session';
import { useChannels } from '../../shell/navigation/channels';
import { useNow } from '../../time/clock';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { firstName } from './week';
import classes from './week.module.css';

const FIRST_DAYS_MS = 48 * 3_600_000;

/** In the first two days: where to say hello, and the first things one may do. */
export function Hello({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('week');
  const me = useMe();
  const now = useNow();
  const { role, joinedAt } = useMembership() ?? {};
  const channels = useChannels().data ?? [];
  const cohortChannel = channels.find((one) => one.kind === 'cohort' && one.cohortId === cohortId);
  if (!joinedAt || now - Date.parse(joinedAt) > FIRST_DAYS_MS) return null;
  return (
    <section className={classes.hello} aria-label={t('hello.title', { name: firstName(me.name) })}>
      <Icon of={IconHandStop} />
      <div className="grow">
        <b className="md">{t('hello.title', { name: firstName(me.name) })}</b>
        <p className="t2 mt4">
          {t(role === 'staff' ? 'hello.bodyStaff' : role === 'coach' ? 'hello.bodyCoach' : 'hello.body')}
        </p>
        <div className="row wrap mt12">
          {cohortChannel && (
            <ButtonLink
              variant="filled"
              to="/c/$cohortId/chat/$channelId"
              params={{ cohortId, channelId: cohortChannel.id }}
            >
              {t('hello.act', { channel: cohortChannel.name })}
            </ButtonLink>
          )}
          <NextStep cohortId={cohortId} />
          <ButtonLink variant="subtle" to="/c/$cohortId/calendar" params={{ cohortId }}>
            {t('hello.subscribe')}
          </ButtonLink>
        </div>
      </div>
    </section>
  );
}

/** After hello: what others wait for from this role. */
function NextStep({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('week');
  const role = useMembership()?.role;
  if (role === 'staff')
    return (
      <ButtonLink to="/c/$cohortId/people/import" params={{ cohortId }}>
        {t('hello.invite')}
      </ButtonLink>
    );
  if (role === 'coach')
    return (
      <ButtonLink to="/c/$cohortId/coaching/availability" params={{ cohortId }}>
        {t('hello.hours')}
      </ButtonLink>
    );
  return (
    <ButtonLink to="/c/$cohortId/workshops" params={{ cohortId }}>
      {t('seeWorkshops')}
    </ButtonLink>
  );
}
