import { Link } from '@tanstack/react-router';
import { IconBell, IconCalendarPlus, IconHash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../src/contracts/workshops';
import { api } from '../../api/http';
import { Avatar } from '../../ui/Avatar';
import { Group } from '../../ui/Group';
import { Icon } from '../../ui/Icon';
import { PersonName } from '../../ui/PersonName';
import { useProblemText } from '../../ui/ProblemAlert';
import { toastProblem } from '../../ui/toast';
import classes from './workshops.module.css';
import { useChannels } from '../../shell/channels';

/** The hosts, with faces. */
export function HostedBy({ workshop: { people, cohortId } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  if (people.length === 0) return null;
  return (
    <Group className="" title={t('hostedBy')}>
      <ul className="list tight">
        {people.map((person) => (
          <li key={person.id} className={classes.center}>
            <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={40} withPresence />
            <PersonName className="bold" person={person} cohortId={cohortId} you />
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

/** Saves the .ics; it is fetched with the login, so it cannot be a plain link. */
function CalendarFile({ workshop: { cohortId, id } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const text = useProblemText();
  const save = async () => {
    try {
      const ics = await api.get<string>(`/cohorts/${cohortId}/workshops/${id}/calendar.ics`);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([ics], { type: 'text/calendar' }));
      link.download = `${id}.ics`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      toastProblem(text(error));
    }
  };
  return (
    <button type="button" className={`title ${classes.plain}`} onClick={() => void save()}>
      {t('around.calendar')}
    </button>
  );
}
