import { Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Chat.module.css';

/** What people of a cohort answer with most; each says its own name to a screen reader. */
const EMOJIS = [
  ...['👍', '❤️', '🎉', '😀', '😂', '🙏', '👏', '🔥'],
  ...['👀', '✅', '❌', '💡', '🚀', '🤔', '😍', '😮'],
  ...['😅', '😉', '😢', '😡', '💪', '🙌', '👋', '🤝'],
  ...['☕', '🥐', '🍀', '⭐', '🐛', '📌', '📅', '⏰'],
];

/** A small table of emoji at the place where it stands. */
export default function EmojiPopover({ onPick, onClose }: { onPick: (emoji: string) => void; onClose: () => void }) {
  const { t } = useTranslation('chat');
  return (
    <Popover opened onChange={onClose} trapFocus returnFocus position="top-end" withinPortal shadow="md">
      <Popover.Target>
        <span className={classes.anchor} />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('emoji.title')} p={4}>
        <div className={classes.emojis}>
          {EMOJIS.map((emoji) => (
            <button key={emoji} type="button" onClick={() => onPick(emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
