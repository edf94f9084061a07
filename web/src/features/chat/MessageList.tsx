import { Button, Loader } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { forwardRef, useEffect, useEffectEvent, useRef, useState, type HTMLAttributes, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { Channel } from '../../../../src/contracts/chat';
import { useMe } from '../../api/session';
import { useZone } from '../../time/clock';
import { Icon } from '../../ui/Icon';
import { loadNewer, loadOlder } from './channel-client';
import { MessageRow } from './MessageRow';
import { useOutbox } from './outbox';
import { rowsOf } from './rows';
import { type ChannelState, shown } from './store';
import type { ActsOf } from './useMessageActs';
import classes from './Chat.module.css';

/** Far above any number of older messages: rows that come above take lower numbers, and nothing jumps. */
const FIRST = 1_000_000;
/** Pixels. */
const NEAR_END = 40;
/** Past the last row as well, to the foot of the list. */
const END = { index: 'LAST', align: 'end', offset: NEAR_END } as const;

interface MessageListProps {
  channel: Channel;
  state: ChannelState;
  /** The "new" line stands after this place; null: nothing is new. */
  newAfter: number | null;
  cohortId: string;
  actsOf: ActsOf;
  /** True while the newest message is on screen. */
  onBottom: (atBottom: boolean) => void;
  /** What stands above the first message of all. */
  beginning: ReactNode;
}

/** The messages of a channel, only those in sight drawn, from the first new one. */
export function MessageList({ channel, state, newAfter, cohortId, actsOf, onBottom, beginning }: MessageListProps) {
  const { t } = useTranslation('chat');
  const me = useMe();
  const zone = useZone();
  const list = useRef<VirtuosoHandle>(null);
  const scroller = useRef<HTMLElement>(null);
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const [atBottom, setAtBottom] = useState(newAfter === null);
  const isLive = state.to === Infinity;
  const messages = shown(state);
  const queued = useOutbox(channel.id, null, me.id);
  const rows = rowsOf(messages, isLive ? queued : [], { readSeq: newAfter, myId: me.id, zone });
  // The row that was first when the list was opened keeps its number.
  const [anchor] = useState(() => messages[0]?.seq ?? 0);
  const above = messages.filter((message) => message.seq < anchor).length;
  const firstNew = rows.findIndex((row) => row.isNew);
  const [start] = useState(() => (firstNew > 0 ? { index: firstNew, align: 'start' as const, offset: -80 } : END));

  // A list that is shorter than the window never scrolls, and says nothing of its end.
  const look = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
    const bottom = scrollHeight - scrollTop - clientHeight <= NEAR_END;
    setAtBottom(bottom);
    onBottom(bottom && isLive);
  };

  // Rows have their true height only once they are drawn: a list opened at its end stays there until the reader moves.
  const moved = useRef(start.index !== 'LAST');
  const move = () => {
    moved.current = true;
  };
  const stay = () => {
    if ((!moved.current || atBottom) && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
    look();
  };
  // The composer below takes its height after the list, and more with each line that is typed.
  const stayNow = useEffectEvent(stay);
  useEffect(() => {
    if (!frame) return;
    const watcher = new ResizeObserver(() => stayNow());
    watcher.observe(frame);
    // What stands above the first row, the rows and the foot.
    for (const part of frame.querySelectorAll('[data-viewport-type] > *')) watcher.observe(part);
    return () => watcher.disconnect();
  }, [frame]);

  const mine = rows.at(-1)?.queued?.clientId;
  useEffect(() => {
    if (mine) list.current?.scrollToIndex(END);
  }, [mine]);

  return (
    <div className={classes.list}>
      <Virtuoso
        ref={list}
        style={{ height: '100%' }}
        data={rows}
        firstItemIndex={FIRST - above}
        initialTopMostItemIndex={start}
        computeItemKey={(_, row) => row.key}
        alignToBottom
        increaseViewportBy={400}
        atBottomThreshold={NEAR_END}
        followOutput={(bottom) => (bottom && isLive ? 'auto' : false)}
        scrollerRef={(element) => {
          scroller.current = element instanceof HTMLElement ? element : null;
          setFrame(scroller.current);
        }}
        atBottomStateChange={look}
        totalListHeightChanged={stay}
        onWheel={move}
        onPointerDown={move}
        onTouchMove={move}
        onKeyDown={move}
        startReached={() => void loadOlder(channel.id)}
        endReached={() => void loadNewer(channel.id)}
        itemContent={(_, row) => <MessageRow row={row} cohortId={cohortId} {...actsOf(row.message, 'channel')} />}
        components={PARTS}
        context={{ top: state.hasBefore ? <Loader size="xs" aria-label={t('common:loading')} /> : beginning }}
        role="log"
        aria-label={t('messages')}
        tabIndex={0}
      />
      {!atBottom && rows.length > 0 && (
        <span className={classes.jump}>
          <Button
            size="sm"
            leftSection={<Icon of={IconArrowDown} size={16} />}
            onClick={() => list.current?.scrollToIndex(END)}
          >
            {t('toEnd')}
          </Button>
        </span>
      )}
    </div>
  );
}

interface ListContext {
  top: ReactNode;
}

const PARTS = {
  Header: ({ context }: { context?: ListContext }) => <div className={classes.edge}>{context?.top}</div>,
  Footer: () => <div className={classes.foot} />,
  List: forwardRef<HTMLDivElement, HTMLAttributes<HTMLDivElement>>(function List(props, ref) {
    return <div {...props} ref={ref} />;
  }),
};
