import type { Channel } from '../../../../../src/contracts/chat/chat';
import type { Person } from '../../../../../src/contracts/primitives';
import { blocked } from '../../../api/blocked';
import { useStore } from '../../../api/store';

/** The other one of a conversation of two, when I take no messages from them. */
export function useBlockedOther({ kind, people }: Channel): Person | null {
  const mine = useStore(blocked);
  const [other] = people;
  return kind === 'direct' && people.length === 1 && other && mine.has(other.id) ? other : null;
}
