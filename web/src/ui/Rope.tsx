import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Avatar, PresenceWord } from './people/Avatar';
import type { Face } from './people/AvatarRow';
import classes from './Rope.module.css';

export interface RopeMember extends Face {
  /** Under the face: "You", a first name. */
  label: string;
  /** In words: "Developer", "Host". */
  role: string;
}

/** The team on its rope, left to right: fellows, host, coach. `cohortId` makes each face a link to the person. */
export function Rope({
  members,
  label,
  cohortId,
}: {
  members: readonly RopeMember[];
  label: string;
  cohortId?: string;
}) {
  return (
    <ul className={classes.rope} aria-label={label}>
      {members.map((member) => (
        <li key={member.id}>
          <Person member={member} cohortId={cohortId}>
            <Avatar id={member.id} name={member.name} url={member.avatarUrl} size={40} withPresence />
            <b>{member.label}</b>
            <small>{member.role}</small>
            <PresenceWord id={member.id} />
          </Person>
        </li>
      ))}
    </ul>
  );
}

function Person({ member, cohortId, children }: { member: RopeMember; cohortId?: string; children: ReactNode }) {
  if (!cohortId) return <div>{children}</div>;
  return (
    <Link to="/c/$cohortId/people/$userId" params={{ cohortId, userId: member.id }}>
      {children}
    </Link>
  );
}

/** The same rope standing, for a phone or a side column, with an act at the right of each. */
export function RopeList({
  members,
  act,
}: {
  members: readonly RopeMember[];
  act?: (member: RopeMember) => ReactNode;
}) {
  return (
    <ul className={classes.standing}>
      {members.map((member) => (
        <li key={member.id}>
          <Avatar id={member.id} name={member.name} url={member.avatarUrl} size={40} withPresence />
          <div className="grow">
            <b>{member.name}</b>
            <div className="t2">{member.role}</div>
          </div>
          {act?.(member)}
        </li>
      ))}
    </ul>
  );
}

/** Faces joined by 10 px of rope, for a row of a list; names stand beside it in words. */
export function RopeInRow({ people }: { people: readonly Face[] }) {
  return (
    <span className={classes.inline}>
      {people.map((person) => (
        <span key={person.id}>
          <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={32} />
        </span>
      ))}
    </span>
  );
}
