import { Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { emojiFor } from './shortcodes';
import { useEmoji } from './useEmoji';
import { FloatAnchor } from '../composer/FloatAnchor';
import classes from './Emoji.module.css';

/** What people of a cohort answer with most; each says its own name to a screen reader. */
const EMOJIS = [
  ...['👍', '❤️', '🎉', '😀', '😂', '🙏', '👏', '🔥'],
  ...['👀', '✅', '❌', '💡', '🚀', '🤔', '😍', '😮'],
  ...['😅', '😉', '😢', '😡', '💪', '🙌', '👋', '🤝'],
  ...['☕', '🥐', '🍀', '⭐', '🐛', '📌', '📅', '⏰'],
];

/** A small table of emoji at the place where it stands; what is typed over it finds any. */
export default function EmojiPopover({ onPick, onClose }: { onPick: (emoji: string) => void; onClose: () => void }) {
  const { t } = useTranslation('chat');
  const [query, setQuery] = useState('');
  const emojis = useEmoji(true);
  const asked = query.trim();
  const shown =
    asked === ''
      ? EMOJIS.map((emoji) => ({ emoji, name: undefined }))
      : emojiFor(emojis, asked, EMOJIS.length).map(({ emoji, codes: [code] }) => ({ emoji, name: code }));
  return (
    <Popover opened onChange={onClose} trapFocus returnFocus={false} position="top-end" withinPortal shadow="md">
      <Popover.Target>
        <FloatAnchor />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('emoji.title')} p={4}>
        <TextInput
          data-autofocus
          size="sm"
          mb={4}
          aria-label={t('emoji.search')}
          placeholder={t('emoji.search')}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || asked === '' || !shown[0]) return;
            event.preventDefault();
            onPick(shown[0].emoji);
          }}
        />
        <div className={classes.emojis}>
          {shown.map(({ emoji, name }) => (
            <button key={emoji} type="button" title={name} onClick={() => onPick(emoji)}>
              {emoji}
            </button>
          ))}
        </div>
        {shown.length === 0 && <p className="xs t3 mt8">{t('emoji.none')}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
