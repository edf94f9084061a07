import { ActionIcon } from '@mantine/core';
import {
  IconBookmark,
  IconBookmarkFilled,
  IconMessageReply,
  IconPencil,
  IconQuote,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { ReactTool } from '../emoji/ReactTool';
import { MoreButton } from './MoreButton';
import classes from '../Chat.module.css';

const MoreMenu = lazyPart(() => import('./MoreMenu'));

/** What can be done with a message; an act that is absent is not offered. */
export interface MessageActs {
  react?: (emoji: string) => void;
  reply?: () => void;
  quote?: () => void;
  save?: () => void;
  unsave?: () => void;
  edit?: () => void;
  copyLink?: () => void;
  share?: () => void;
  /** I come back to it at a time. */
  remind?: () => void;
  pin?: () => void;
  unpin?: () => void;
  unread?: () => void;
  /** What it said before its changes. */
  history?: () => void;
  report?: () => void;
  /** Takes what a page says from beneath it. */
  removePreview?: (previewId: string) => Promise<void>;
  remove?: () => void;
}

type Tool = [name: keyof MessageActs, icon: TablerIcon];

/** At hand; the others are behind the dots. */
const NEAR: Tool[] = [
  ['reply', IconMessageReply],
  ['quote', IconQuote],
  ['save', IconBookmark],
  ['unsave', IconBookmarkFilled],
  ['edit', IconPencil],
];

/** The tools over a message, on hover and with the keyboard. */
export function MessageTools({ acts, name }: { acts: MessageActs; name: string }) {
  const { t } = useTranslation('chat');
  const [picking, setPicking] = useState(false);
  const [more, setMore] = useState(false);
  const { react } = acts;
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('tools.label', { name })} data-open={picking || more}>
      {react && <ReactTool onReact={react} onOpen={setPicking} />}
      {NEAR.map(([tool, icon]) => {
        const act = acts[tool] as (() => void) | undefined;
        return (
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
          )
        );
      })}
      <Part lost="over" fallback={<MoreButton />}>
        {more ? <MoreMenu acts={acts} onClose={() => setMore(false)} /> : <MoreButton onClick={() => setMore(true)} />}
      </Part>
    </div>
  );
}
