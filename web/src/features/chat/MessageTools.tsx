import { ActionIcon } from '@mantine/core';
import {
  IconLink,
  IconMailOpened,
  IconMessageReply,
  IconMoodPlus,
  IconPencil,
  IconQuote,
  IconTrash,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon';
import classes from './Chat.module.css';

const EmojiPopover = lazy(() => import('./EmojiPopover'));

/** What can be done with a message; an act that is absent is not offered. */
export interface MessageActs {
  react?: (emoji: string) => void;
  reply?: () => void;
  quote?: () => void;
  edit?: () => void;
  copyLink?: () => void;
  unread?: () => void;
  remove?: () => void;
}

/** The tools over a message, on hover and with the keyboard. */
export function MessageTools({ acts, name }: { acts: MessageActs; name: string }) {
  const { t } = useTranslation('chat');
  const [picking, setPicking] = useState(false);
  const { react } = acts;
  const tools: [name: string, icon: TablerIcon, act: (() => void) | undefined][] = [
    ['reply', IconMessageReply, acts.reply],
    ['quote', IconQuote, acts.quote],
    ['unread', IconMailOpened, acts.unread],
    ['copyLink', IconLink, acts.copyLink],
    ['edit', IconPencil, acts.edit],
    ['remove', IconTrash, acts.remove],
  ];
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('tools.label', { name })} data-open={picking}>
      {react && (
        <span style={{ position: 'relative' }}>
          <ActionIcon size="sm" aria-label={t('tools.react')} title={t('tools.react')} onClick={() => setPicking(true)}>
            <Icon of={IconMoodPlus} size={16} />
          </ActionIcon>
          <Suspense>
            {picking && (
              <EmojiPopover
                onClose={() => setPicking(false)}
                onPick={(emoji) => {
                  setPicking(false);
                  react(emoji);
                }}
              />
            )}
          </Suspense>
        </span>
      )}
      {tools.map(
        ([tool, icon, act]) =>
          act && (
            <ActionIcon
              key={tool}
              size="sm"
              aria-label={t(`tools.${tool}`)}
              title={t(`tools.${tool}`)}
              onClick={() => act()}
            >
              <Icon of={icon} size={16} />
            </ActionIcon>
          ),
      )}
    </div>
  );
}
