import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe, useMembership } from '../../../api/session';
import { Avatar } from '../../../ui/people/Avatar';
import classes from '../coaching.module.css';
import { useTeam } from '../queries';

interface TeamProps {
  cohortId: string;
  myId: string;
  chosen: string[];
  onChange: (ids: string[]) => void;
}

/** Me, and those of my team who come along. */
export function Team({ cohortId, myId, chosen, onChange }: TeamProps) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const team = useTeam(cohortId, useMembership()?.projectId ?? null);
  const mates = team.data?.fellows.filter((fellow) => fellow.id !== myId) ?? [];
  if (mates.length === 0) return null;
  const face = (id: string, name: string, label: string, url: string | null) => (
    <span className="row">
      <Avatar id={id} name={name} url={url} size={24} />
      {label}
    </span>
  );
  return (
    <Checkbox.Group
      mt="md"
      label={t('book.who')}
      value={[myId, ...chosen]}
      onChange={(ids) => onChange(ids.filter((id) => id !== myId))}
    >
      <div className={classes.checks}>
        <Checkbox value={myId} disabled label={face(myId, me.name, t('common:you'), me.avatarUrl)} />
        {mates.map((mate) => (
          <Checkbox key={mate.id} value={mate.id} label={face(mate.id, mate.name, mate.name, mate.avatarUrl)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
