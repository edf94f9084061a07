import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Fragment, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForumShare } from '../../../../../src/contracts/chat/chat';
import { useMe } from '../../../api/session';
import { useOnMissed } from '../../../api/socket';
import { useZone } from '../../../time/clock';
import { onEscape } from '../../../ui/page/focus';
import { bringWords } from '../../../i18n/i18n';
import { Part } from '../../../ui/forms/Part';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { loadThread, useChannelState } from '../channel-client';
import Composer from '../composer/Composer';
import { ContinueInForum } from './ContinueInForum';
import { keepDraft, readDraft } from '../composer/drafts';
import { DropZone } from '../../../ui/files/DropZone';
import { MessageRow } from '../messages/MessageRow';
import { send, useOutbox } from '../composer/outbox';
import type { UploadPlace } from '../../../ui/files/uploads';
import { rowsOf } from '../messages/rows';
import { repliesOf } from '../store';
import { ThreadActs } from './ThreadActs';
import { tellTyping } from '../channels/TypingLine';
import { useLater } from '../later/useLater';
import { useThreadReading } from '../reading/useThreadReading';
import type { ActsOf } from '../messages/useMessageActs';
import classes from '../Chat.module.css';

const MadeFrom = lazyPart(async () => {
  const [made] = await Promise.all([import('../../handbook/made/MadeFrom'), bringWords('handbook')]);
  return made;
});

interface ThreadPanelProps {
  channelId: string;
  threadId: string;
  cohortId: string;
  actsOf: ActsOf;
  canSend: boolean;
  /** Where files for it are gathered. */
  uploads: UploadPlace;
  /** How much of the thread may be carried to the forum of the cohort. */
  toForum: ForumShare;
  /** The message that the address leads to: it is marked. */
  linked: string | undefined;
  onClose: () => void;
}

/** A message and what was answered to it, beside the channel. */
export default function ThreadPanel(props: ThreadPanelProps) {
  const { channelId, threadId, cohortId, actsOf, canSend, uploads, toForum, linked, onClose } = props;
  const { t } = useTranslation('chat');
  const me = useMe();
  const zone = useZone();
  const state = useChannelState(channelId);
  const isOpen = state !== undefined;
  const isLoaded = state?.threads.has(threadId) ?? false;
  const queued = useOutbox(channelId, threadId, me.id);
  const end = useRef<HTMLDivElement>(null);
  const root = state?.known.get(threadId);
  const replies = state ? repliesOf(state, threadId) : [];
  const rows = rowsOf([...(root ? [root] : []), ...replies], queued, { readSeq: null, myId: me.id, zone });
  const heading = useRef<HTMLHeadingElement>(null);

  const [failure, setFailure] = useState<unknown>(null);
  const load = useCallback(() => {
    loadThread(channelId, threadId).then(
      () => setFailure(null),
      (error: unknown) => setFailure(error),
    );
  }, [channelId, threadId]);
  useEffect(() => {
    if (isOpen && !isLoaded) load();
  }, [load, isOpen, isLoaded]);
  useOnMissed(() => {
    if (!isLoaded) load();
  });
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [threadId]);
  useEffect(() => {
    const marked = end.current?.parentElement?.querySelector('[data-linked="true"]');
    if (marked) marked.scrollIntoView({ block: 'center' });
    else end.current?.scrollIntoView({ block: 'end' });
  }, [rows.length]);

  const later = useLater(channelId, threadId);
  useThreadReading(channelId, threadId, isLoaded ? replies.at(-1)?.seq : undefined);

  return (
    <DropZone
      as="aside"
      place={canSend ? uploads : null}
      className={classes.side}
      aria-label={t('thread.title')}
      onKeyDown={onEscape(onClose)}
    >
      <div className={classes.head}>
        <h2 ref={heading} tabIndex={-1}>
          {t('thread.title')}
        </h2>
        {isLoaded && <span className="t3">{t('replies', { count: replies.length })}</span>}
        <span className="right row g4">
          {root && <ThreadActs root={root} canSend={canSend} />}
          <ActionIcon aria-label={t('thread.close')} onClick={onClose}>
            <Icon of={IconX} />
          </ActionIcon>
        </span>
      </div>
      {root && <ContinueInForum root={root} cohortId={cohortId} share={toForum} />}
      {root && !root.deletedAt && toForum !== 'nothing' && (
        <Part lost="over">
          <MadeFrom
            cohortId={cohortId}
            origin={{ thread: { channelId, messageId: threadId } }}
            className={classes.goesOn}
          />
        </Part>
      )}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('thread.messages')}>
        {rows.map((row, index) => (
          <Fragment key={row.key}>
            {index === 1 && root && (
              <p className={classes.line}>
                <span>{t('replies', { count: replies.length })}</span>
              </p>
            )}
            <MessageRow
              row={index === 0 ? { ...row, day: false } : { ...row, cont: row.cont && index > 1 }}
              cohortId={cohortId}
              linked={linked !== undefined && row.message?.id === linked}
              {...actsOf(row.message, 'thread')}
            />
          </Fragment>
        ))}
        {!isLoaded && failure === null && <RowSkeleton rows={root ? 2 : 4} face />}
        {failure !== null && <ProblemAlert error={failure} ns="chat" onRetry={load} />}
        <div ref={end} />
      </div>
      {canSend && (
        <Composer
          key={threadId}
          kind="thread"
          label={t('thread.write')}
          initial={readDraft(channelId, threadId)}
          place={uploads}
          onTyped={(text) => {
            keepDraft(channelId, threadId, text);
            if (text !== '') tellTyping(channelId);
          }}
          onLater={later}
          onSend={(body, attachments) => send({ channelId, threadId, body, attachments, senderId: me.id }, Date.now())}
        />
      )}
    </DropZone>
  );
}
