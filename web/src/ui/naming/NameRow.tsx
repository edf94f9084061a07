import type { ReactNode } from 'react';
import type { Person } from '../../../../src/contracts/primitives';
import { Avatar } from '../people/Avatar';

/** Somebody in a list of names. */
export function NameRow({ person, children }: { person: Person; children?: ReactNode }) {
  return (
    <>
      <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={24} withPresence />
      <span className="cut">{person.name}</span>
      {children}
    </>
  );
}
