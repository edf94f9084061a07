import { VisuallyHidden } from '@mantine/core';
import { Avatar, type AvatarSize } from './Avatar';
import classes from './Avatar.module.css';

export interface Face {
  id: string;
  name: string;
  avatarUrl?: string | null;
}

/** Faces that overlap, at most `max`, then "+3". The names are read in one sentence. */
export function AvatarRow({
  people,
  size = 24,
  max = 5,
}: {
  people: readonly Face[];
  size?: AvatarSize;
  max?: number;
}) {
  const shown = people.slice(0, max);
  const rest = people.length - shown.length;
  return (
    <span className="row g4">
      <span className={classes.row}>
        {shown.map((person) => (
          <Avatar key={person.id} id={person.id} name={person.name} url={person.avatarUrl} size={size} />
        ))}
      </span>
      {rest > 0 && <span className="num">+{rest}</span>}
      <VisuallyHidden>{people.map((person) => person.name).join(', ')}</VisuallyHidden>
    </span>
  );
}
