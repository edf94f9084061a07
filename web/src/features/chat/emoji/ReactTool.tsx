import { ActionIcon } from '@mantine/core';
import { IconMoodPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bringWords } from '../../../i18n/i18n';
import { Part } from '../../../ui/forms/Part';
import { Icon } from '../../../ui/Icon';
import { refocus } from '../../../ui/page/focus';
import { lazyPart } from '../../../ui/page/lazy-part';
import classes from './Emoji.module.css';

const EmojiPopover = lazyPart(async () => {
  const [part] = await Promise.all([import('./EmojiPopover'), bringWords('chat')]);
  return part;
});

interface ReactToolProps {
  onReact: (emoji: string) => void;
  onOpen?: (isOpen: boolean) => void;
  size?: 'sm' | 'md';
}

/** The button that puts an emoji on a message or a post. */
export function ReactTool({ onReact, onOpen, size = 'sm' }: ReactToolProps) {
  const { t } = useTranslation();
  const [picking, setPicking] = useState(false);
  const smile = useRef<HTMLButtonElement>(null);
  const open = (isOpen: boolean) => {
    setPicking(isOpen);
    onOpen?.(isOpen);
    if (!isOpen) refocus(smile.current);
  };
  return (
    <span className={classes.place}>
      <ActionIcon ref={smile} size={size} aria-label={t('react')} title={t('react')} onClick={() => open(true)}>
        <Icon of={IconMoodPlus} size={16} />
      </ActionIcon>
      <Part lost="over">
        {picking && (
          <EmojiPopover
            onClose={() => open(false)}
            onPick={(emoji) => {
              open(false);
              onReact(emoji);
            }}
          />
        )}
      </Part>
    </span>
  );
}
