import { useTranslation } from 'react-i18next';
import type { Reaction } from '../../../../../src/contracts/primitives';
import { useMe } from '../../../api/session';
import { onFirstClick } from '../../../ui/page/first-click';
import classes from './Emoji.module.css';

interface ReactionsProps {
  reactions: readonly Reaction[];
  nameOf: (userId: string) => string;
  /** Absent where I may not. */
  onReact: ((emoji: string) => void) | undefined;
}

/** What people put on a message or a post; one's own are pressed. */
export function Reactions({ reactions, nameOf, onReact }: ReactionsProps) {
  const { t } = useTranslation();
  const me = useMe();
  if (reactions.length === 0) return null;
  return (
    <div className={classes.react}>
      {reactions.map(({ emoji, userIds }) => {
        const names = userIds.map((id) => (id === me.id ? t('you') : nameOf(id))).join(', ');
        return (
          <button
            key={emoji}
            type="button"
            aria-pressed={userIds.includes(me.id)}
            aria-label={t('reaction', { emoji, names })}
            title={names}
            disabled={!onReact}
            onClick={onFirstClick(() => onReact?.(emoji))}
          >
            <span aria-hidden="true">{emoji}</span>
            {userIds.length}
          </button>
        );
      })}
    </div>
  );
}
