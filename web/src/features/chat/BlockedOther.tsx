import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../src/contracts/chat';
import type { Person } from '../../../../src/contracts/primitives';
import { blocked } from '../../api/blocked';
import { useStore } from '../../api/store';
import { UnblockButton } from '../../ui/BlockButton';
import classes from './Chat.module.css';

/** The other one of a conversation of two, when I take no messages from them. */
export function useBlockedOther({ kind, people }: Channel): Person | null {
  const mine = useStore(blocked);
  const [other] = people;
  return kind === 'direct' && people.length === 1 && other && mine.has(other.id) ? other : null;
}

/** In the place of the composer: nobody writes here until I let them in again. */
export function BlockedOther({ person }: { person: Person }) {
  const { t } = useTranslation('chat');
  return (
    <div className={`${classes.closed} row wrap between g12`}>
      <span>{t('blockedOther', { name: person.name })}</span>
      <UnblockButton id={person.id} name={person.name} />
    </div>
  );
}
