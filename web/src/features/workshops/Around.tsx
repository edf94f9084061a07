import { Link } from '@tanstack/react-router';
import { IconBell, IconCalendarPlus, IconHash, IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { Avatar } from '../../ui/people/Avatar';
import { Group } from '../../ui/page/Group';
import { Icon } from '../../ui/Icon';
import { PersonName } from '../../ui/people/PersonName';
import { Tag } from '../../ui/page/State';
import { Part } from '../../ui/forms/Part';
import { AddToCalendar } from '../feeds/lazy';
import { Certificate } from './Certificate';
import classes from './workshops.module.css';
import { useChannels } from '../../shell/navigation/channels';

/** The hosts, with faces. */
export function HostedBy({ workshop: { people, invitedHosts, cohortId } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  if (people.length + invitedHosts.length === 0) return null;
  return (
    <Group className="" title={t('hostedBy')}>
      <ul className="list tight">
        {people.map((person) => (
          <li key={person.id} className={classes.center}>
            <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={40} withPresence />
            <PersonName className="bold" person={person} cohortId={cohortId} you />
          </li>
        ))}
        {invitedHosts.map(({ invitationId, name, isSent }) => (
          <li key={invitationId} className={classes.center}>
            <Avatar id={invitationId} name={name} size={40} />
            <span className="grow t2">{name}</span>
            <Tag>{t(isSent ? 'common:invited' : 'common:notInvited')}</Tag>
          </li>
        ))}
      </ul>
    </Group>
  );
}

/** Its channel, the entry for my own calendar, and how I hear of a place. */
export function Around({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  if (workshop.status !== 'published') return null;
  return (
    <Group className="" title={t('around.title')}>
      <ul className="list tight">
        <Channel workshop={workshop} />
        <li>
          <Icon of={IconCalendarPlus} />
          <CalendarFile workshop={workshop} />
        </li>
        <Certificate workshop={workshop} />
        {workshop.publicPath !== null && (
          <li>
            <Icon of={IconWorld} />
            <a className="title grow" href={workshop.publicPath} target="_blank" rel="noreferrer noopener">
              {t('around.page')}
            </a>
          </li>
        )}
        {workshop.mine?.status === 'waitlisted' && (
          <li>
            <Icon of={IconBell} />
            <span className="grow">{t('around.told')}</span>
          </li>
        )}
      </ul>
    </Group>
  );
}

function Channel({ workshop: { channelId, cohortId } }: { workshop: Workshop }) {
  const channel = useChannels().data?.find((one) => one.id === channelId);
  if (!channelId || !channel) return null;
  return (
    <li>
      <Icon of={IconHash} />
      <Link className="title grow" to="/c/$cohortId/chat/$channelId" params={{ cohortId, channelId }}>
        {channel.name}
      </Link>
      {channel.unread > 0 && <span className="num">{channel.unread}</span>}
    </li>
  );
}

/** The entry in my own calendar; without its menu until that script has come. */
function CalendarFile({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const { cohortId, id, title, startsAt, endsAt, timeZone, place, link } = workshop;
  const button = (
    <button type="button" className={`title ${classes.plain}`}>
      {t('around.calendar')}
    </button>
  );
  return (
    <Part lost="over" fallback={button}>
      <AddToCalendar
        entry={{ title, startsAt, endsAt, timeZone, place: place ?? link }}
        page={`/c/${cohortId}/workshops/${id}`}
        file={`/cohorts/${cohortId}/workshops/${id}/calendar.ics`}
      >
        {button}
      </AddToCalendar>
    </Part>
  );
}
