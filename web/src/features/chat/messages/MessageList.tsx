import { Button, Loader } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { forwardRef, useEffect, useEffectEvent, useRef, useState, type HTMLAttributes, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FlatIndexLocationWithAlign, type ListRange, Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import { useMe } from '../../../api/session';
import { useZone } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { loadNewer, loadOlder } from '../channel-client';
import { BELOW_TOP, END, FIRST, gapOf, isAbove, isInPlace, NEAR_END, startOf } from './list-places';
import { MessageRow } from './MessageRow';
import { isWrittenHere, useOutbox } from '../composer/outbox';
import { rowsOf } from './rows';
import { type ChannelState, shown } from '../store';
import type { ActsOf } from './useMessageActs';
import type { Start } from '../reading/useOpened';
import { useNewBelow } from './useNewBelow';
import classes from '../Chat.module.css';

/** So many rows before the edge of what is held the next piece is asked for. */
const AHEAD = 12;
const MAX_SETTLES = 5;
/** So long its rows are kept from sight at most. */
const PLACED_WITHIN_MS = 3000;

interface MessageListProps {
  channel: Channel;
  state: ChannelState;
  start: Start;
  /** The reader was in this channel already, at another place of it. */
  again: boolean;
  /** The "new" line stands after this place; null: nothing is new. */
  newAfter: number | null;
  cohortId: string;
  actsOf: ActsOf;
  /** The message that the address leads to: it is marked. */
  linked: string | undefined;
  /** A message that has to be on screen: the one being changed. */
  revealed: string | null;
  /** True while the newest message is on screen. */
  onBottom: (atBottom: boolean) => void;
  /** The reader wants what is not in this piece: the end of the channel, or the first new message. */
  onEnd: () => void;
  onNew: () => void;
  /** What stands above the first message of all. */
  beginning: ReactNode;
}

/** The messages of a channel, only those in sight drawn, from the first new one. */
export function MessageList(props: MessageListProps) {
  const { channel, state, newAfter, cohortId, actsOf, linked, revealed, again, onBottom, onEnd, onNew, beginning } =
    props;
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
  // Where messages before the first new one are missing, the line would stand at a wrong one.
  const holdsNew = newAfter !== null && state.from <= newAfter + 1;
  const rows = rowsOf(messages, queued, { readSeq: holdsNew ? newAfter : null, myId: me.id, zone });
  // The row that was first when the list was opened keeps its number.
  const [anchor] = useState(() => messages[0]?.seq ?? 0);
  const above = messages.filter((message) => message.seq < anchor).length;
  const firstNew = rows.findIndex((row) => row.isNew);
  const [start] = useState(() => startOf(props.start, rows, firstNew));
  const [newAbove, setNewAbove] = useState(false);
  const { newBelow, look: lookBelow } = useNewBelow(messages, { newAfter, myId: me.id });

  // A list that is shorter than the window never scrolls, and says nothing of its end.
  const look = () => {
    const bottom = gapOf(scroller.current) <= NEAR_END;
    setAtBottom(bottom);
    onBottom(bottom && isLive);
    lookBelow(scroller.current);
    setNewAbove(
      newAfter !== null && (holdsNew ? firstNew >= 0 && isAbove(scroller.current, firstNew + FIRST - above) : true),
    );
  };

  // Rows have their true height only once they are drawn: a list at its end stays there until the reader moves. (Never by setting `scrollTop`: the list corrects that in turn, and so for ever.)
  const moved = useRef(start.index !== 'LAST');
  const move = () => {
    moved.current = true;
  };
  const toFoot = () => {
    moved.current = false;
    settled.current.clear();
    list.current?.scrollToIndex(END);
  };
  // The list goes where it believes its end to be; what the last rows and the foot measure it knows once they are drawn. So it is sent
  // on to its foot, some times for each height: it corrects that in turn, with what it believed before.
  const settled = useRef(new Map<number, number>());
  const settle = () => {
    const height = scroller.current?.scrollHeight ?? 0;
    const times = settled.current.get(height) ?? 0;
    if (moved.current || !isLive || gapOf(scroller.current) <= 1 || times >= MAX_SETTLES) return;
    settled.current.set(height, times + 1);
    requestAnimationFrame(() => {
      if (!moved.current) list.current?.scrollTo({ top: height });
    });
  };
  const top = useRef(0);
  const scrolled = () => {
    const before = top.current;
    top.current = scroller.current?.scrollTop ?? 0;
    // Who scrolls down to the foot is at the end again, whatever still grows there.
    if (top.current > before && gapOf(scroller.current) <= 1) moved.current = false;
    settle();
    look();
  };
  // By itself the list would go to the end of its last row, above its foot, and not know how high the row is once it is drawn.
  const follow = (bottom: boolean) => {
    // On its way to the end is as good as there.
    if ((bottom || !moved.current) && isLive) {
      moved.current = false;
      requestAnimationFrame(() => list.current?.scrollToIndex(END));
    }
    return false;
  };
  const goTo = (location: FlatIndexLocationWithAlign) => {
    move();
    list.current?.scrollToIndex(location);
  };
  const stay = () => {
    if (!moved.current) list.current?.scrollToIndex(END);
    settle();
    look();
  };
  // The composer below takes its height after the list.
  const resized = useEffectEvent((wasAtEnd: boolean) => {
    if (wasAtEnd && isLive) list.current?.scrollToIndex(END);
    stay();
  });
  useEffect(() => {
    if (!frame) return;
    let height = frame.clientHeight;
    const watcher = new ResizeObserver(() => {
      // The composer grew: who was at the end stays there.
      const wasAtEnd = frame.scrollHeight - frame.scrollTop - height <= NEAR_END;
      height = frame.clientHeight;
      resized(wasAtEnd);
    });
    watcher.observe(frame);
    return () => watcher.disconnect();
  }, [frame]);

  // Rows are shown once they lie where they stay: else they would jump under the eye that begins to read.
  const [placed, setPlaced] = useState(false);
  const inPlace = useEffectEvent((list: HTMLElement) => rows.length === 0 || isInPlace(list, !moved.current && isLive));
  useEffect(() => {
    if (!frame || placed) return;
    const until = performance.now() + PLACED_WITHIN_MS;
    const ask = () => {
      if (inPlace(frame) || performance.now() > until) setPlaced(true);
      else waiting = requestAnimationFrame(ask);
    };
    let waiting = requestAnimationFrame(ask);
    return () => cancelAnimationFrame(waiting);
  }, [frame, placed]);

  // The button that led here has gone with the list before.
  useEffect(() => {
    if (frame && again && document.activeElement === document.body) frame.focus({ preventScroll: true });
  }, [frame, again]);

  // A row that is drawn comes into sight with the focus of its field; the others have to be drawn first.
  const shownToEdit = useEffectEvent((messageId: string) => {
    const index = rows.findIndex((row) => row.message?.id === messageId);
    const isDrawn = frame?.querySelector(`[data-seq="${rows[index]?.message?.seq ?? ''}"]`);
    if (index >= 0 && !isDrawn) goTo({ index, align: 'center' });
  });
  useEffect(() => {
    if (revealed) shownToEdit(revealed);
  }, [revealed]);

  // The next piece is there before its place is reached: nobody waits at an edge, and nothing moves under the eye.
  const fetchAhead = ({ startIndex, endIndex }: ListRange) => {
    if (startIndex - (FIRST - above) < AHEAD) void loadOlder(channel.id);
    if (FIRST - above + rows.length - endIndex < AHEAD) void loadNewer(channel.id);
  };

  const sent = useEffectEvent(toFoot);
  const mine = rows.at(-1)?.queued?.clientId;
  useEffect(() => {
    if (mine && isWrittenHere(mine)) sent();
  }, [mine]);

  return (
    <div className={classes.list} data-placed={placed}>
      <Virtuoso
        ref={list}
        style={{ height: '100%' }}
        data={rows}
        firstItemIndex={FIRST - above}
        initialTopMostItemIndex={start}
        computeItemKey={(_, row) => row.key}
        alignToBottom
        increaseViewportBy={800}
        // Put in place before it is painted: else rows that come above push what is read for a moment.
        skipAnimationFrameInResizeObserver
        atBottomThreshold={NEAR_END}
        followOutput={follow}
        scrollerRef={(element) => {
          scroller.current = element instanceof HTMLElement ? element : null;
          setFrame(scroller.current);
        }}
        atBottomStateChange={look}
        totalListHeightChanged={stay}
        onWheel={move}
        onPointerDown={move}
        onTouchMove={move}
        onKeyDown={(event) => {
          if (event.key !== 'End' || event.target !== scroller.current || !isLive) move();
          else {
            event.preventDefault();
            toFoot();
          }
        }}
        rangeChanged={fetchAhead}
        onScroll={scrolled}
        itemContent={(_, row) => (
          <MessageRow
            row={row}
            cohortId={cohortId}
            linked={linked !== undefined && row.message?.id === linked}
            {...actsOf(row.message, 'channel')}
          />
        )}
        components={PARTS}
        context={{
          top: state.hasBefore ? <Loader size="xs" role="img" aria-label={t('common:loading')} /> : beginning,
        }}
        role="log"
        aria-label={t('messages')}
        tabIndex={0}
      />
      {newAbove && (
        <span className={classes.jump} data-up="true">
          <Button
            size="sm"
            leftSection={<Icon of={IconArrowUp} size={16} />}
            onClick={() => {
              frame?.focus({ preventScroll: true });
              if (firstNew >= 0) goTo({ index: firstNew, ...BELOW_TOP });
              else onNew();
            }}
          >
            {t('toNew')}
          </Button>
        </span>
      )}
      {!(atBottom && isLive) && rows.length > 0 && (
        <span className={classes.jump}>
          <Button
            size="sm"
            leftSection={<Icon of={IconArrowDown} size={16} />}
            onClick={() => {
              frame?.focus({ preventScroll: true });
              if (isLive) toFoot();
              else onEnd();
            }}
          >
            {t('toEnd', { count: isLive ? newBelow : 0 })}
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
