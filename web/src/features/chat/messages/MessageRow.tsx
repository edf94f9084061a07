import { IconAlertCircle, IconCircleCheck, IconClock, IconPhone, IconPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../../../src/contracts/chat/chat';
import { Problem } from '../../../api/problem';
import { useMe } from '../../../api/session';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatAbsolute, formatDayHead, formatTime } from '../../../time/format';
import { Avatar } from '../../../ui/people/Avatar';
import { Icon } from '../../../ui/Icon';
import { PersonName } from '../../../ui/people/PersonName';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { StandingMark } from '../../../ui/people/Standing';
import { State } from '../../../ui/page/State';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { describeImage } from '../channel-client';
import { Edited } from './Edited';
import { Reactions } from '../emoji/Reactions';
import { Folded } from './Folded';
import { LazyComposer } from '../composer/LazyComposer';
import { useToDay } from '../later/day';
import { DayButton } from '../later/DayButton';
import { useChatPeople } from '../channels/people';
import { MessageText } from './MessageText';
import { type MessageActs, MessageTools } from './MessageTools';
import { type Queued, discard, tryAgain } from '../composer/outbox';
import { fromTokens } from '../../../ui/naming/tokens';
import type { MessageRowData } from './rows';
import type { Editing } from './useMessageActs';
import classes from '../Chat.module.css';

/** What shows files comes beside the page, and is there when the first message is. */
const files = async () => ({ default: (await import('../../../ui/files/Attachments')).Attachments });
void files().catch(() => undefined);
const Attachments = lazyPart(files);
const LinkPreviews = lazyPart(() => import('./LinkPreviews'));

interface MessageRowProps {
  row: MessageRowData;
  cohortId: string;
  acts: MessageActs;
  /** The address leads to it. */
  linked?: boolean;
  /** Present while its text is being changed. */
  editing?: Editing;
  /** Opens the thread, where its replies are shown under the message. */
  onThread?: () => void;
}

/** One message with the day and "new" lines above it. */
export function MessageRow({ row, cohortId, linked, acts, editing, onThread }: MessageRowProps) {
  const me = useMe();
  const { find, nameOf, hrefOf, isFolded } = useChatPeople();
  const locale = useLocale();
  const { message, queued, senderId, createdAt, cont } = row;
  const person = find(senderId);
  const name = message?.bot?.name ?? nameOf(senderId);
  const mentioned = Boolean(
    message && senderId !== me.id && (message.mentionsAll || message.mentions.includes(me.id)) && !message.deletedAt,
  );
  return (
    <div className={classes.row} data-seq={message?.seq}>
      {row.day && <DayLine at={createdAt} />}
      {row.isNew && <NewLine at={createdAt} />}
      <div className={classes.msg} data-cont={cont} data-ment={mentioned} data-linked={linked} tabIndex={-1}>
        {cont ? (
          <Time at={createdAt} className={classes.sidetime} />
        ) : (
          <Avatar id={senderId} name={name} url={person?.avatarUrl} size={36} square={Boolean(message?.bot)} />
        )}
        <div>
          {message?.pinnedAt && !message.deletedAt && <Pinned />}
          {!cont && (
            <p className={classes.by}>
              <b>
                {message?.bot ? (
                  name
                ) : (
                  <PersonName person={{ id: senderId, name }} cohortId={hrefOf(senderId) ? cohortId : undefined} />
                )}
              </b>
              {!message?.bot && <StandingMark id={senderId} />}
              {message && (message.bot ?? message.imported) && <Source imported={message.imported} />}
              <Time at={createdAt} className={classes.time} />
            </p>
          )}
          {editing && message ? (
            <LazyComposer
              kind="edit"
              initial={fromTokens(message.body, nameOf, locale)}
              mayBeEmpty={message.attachments.length > 0}
              busy={editing.busy}
              problem={editing.problem}
              onSend={editing.save}
              onCancel={editing.cancel}
            />
          ) : (
            <Folded isFolded={isFolded(senderId)}>
              <Body message={message} queued={queued} acts={acts} />
            </Folded>
          )}
          {message && !message.deletedAt && (
            <Reactions reactions={message.reactions} nameOf={nameOf} onReact={acts.react} />
          )}
          {message && onThread && message.replies > 0 && <ThreadLink message={message} onOpen={onThread} />}
          {queued && <QueuedState queued={queued} />}
        </div>
        {message && !message.deletedAt && !editing && <MessageTools acts={acts} name={name} />}
      </div>
    </div>
  );
}

interface BodyProps {
  message: Message | null;
  queued: Queued | null;
  acts: MessageActs;
}

function Body({ message, queued, acts }: BodyProps) {
  const { t } = useTranslation('chat');
  if (message?.deletedAt) return <p className={`${classes.tx} ${classes.gone}`}>{t('deleted')}</p>;
  if (message?.note?.kind === 'call') return <Called link={message.note.link} />;
  if (message?.note?.kind === 'webhook')
    return <p>{t(`webhooks.said.${message.note.because}`, { name: message.note.name })}</p>;
  if (message?.note) return <p>{t('retention.said', { days: message.note.days ?? 0 })}</p>;
  const body = message?.body ?? queued?.body ?? '';
  const attached = message?.attachments ?? queued?.attachments ?? [];
  return (
    <>
      {body !== '' && <MessageText body={body} />}
      {attached.length > 0 && (
        <Part>
          <Attachments
            files={attached}
            onDescribe={message && acts.edit ? (fileId, alt) => describeImage(message, fileId, alt) : undefined}
          />
        </Part>
      )}
      {message && message.previews.length > 0 && (
        <Part lost="nothing">
          <LinkPreviews previews={message.previews} onRemove={acts.removePreview} />
        </Part>
      )}
      {message?.editedAt && (
        <div>
          <Edited onHistory={acts.history} />
        </div>
      )}
    </>
  );
}

/** Says that no person wrote this, or that it was not written here. */
function Source({ imported }: { imported: boolean }) {
  const { t } = useTranslation('chat');
  return <span className="xs t3">{t(imported ? 'imported' : 'webhooks.bot')}</span>;
}

/** Who wrote this calls the others. */
function Called({ link }: { link: string }) {
  const { t } = useTranslation('chat');
  return (
    <p className="row g8">
      <Icon of={IconPhone} size={16} />
      {t('call.started')}
      <a className="link" href={link} target="_blank" rel="noopener noreferrer">
        {t('call.join')}
      </a>
    </p>
  );
}

function Pinned() {
  const { t } = useTranslation('chat');
  return (
    <p className={classes.pinned}>
      <Icon of={IconPin} size={14} />
      {t('pins.pinned')}
    </p>
  );
}

function Time({ at, className }: { at: string; className: string | undefined }) {
  const [zone, locale] = [useZone(), useLocale()];
  return (
    <time className={className} dateTime={at} title={formatAbsolute(at, zone, locale)}>
      {formatTime(at, zone, locale)}
    </time>
  );
}

function DayLine({ at }: { at: string }) {
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const { t } = useTranslation('chat');
  const mayJump = useToDay() !== null;
  const day = formatDayHead(at, zone, locale, now);
  return (
    <p className={classes.line}>
      {mayJump ? (
        <DayButton at={at}>
          {(open) => (
            <button type="button" aria-label={t('day.from', { day })} onClick={open}>
              {day}
            </button>
          )}
        </DayButton>
      ) : (
        <span>{day}</span>
      )}
    </p>
  );
}

function NewLine({ at }: { at: string }) {
  const { t } = useTranslation('chat');
  const [zone, locale] = [useZone(), useLocale()];
  return (
    <p className={classes.line} data-new="true">
      <span>{t('newSince', { time: formatTime(at, zone, locale) })}</span>
    </p>
  );
}

function ThreadLink({ message, onOpen }: { message: Message; onOpen: () => void }) {
  const { t } = useTranslation('chat');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const { replies, lastReplyAt, resolvedAt } = message;
  return (
    <button type="button" className={classes.thr} onClick={onOpen}>
      <span>{t('replies', { count: replies })}</span>
      {resolvedAt && (
        <span className={classes.resolved}>
          <Icon of={IconCircleCheck} size={14} />
          {t('thread.resolved')}
        </span>
      )}
      {lastReplyAt && <span className="t3">{t('lastReply', { when: lastSaid(lastReplyAt, zone, locale, now) })}</span>}
    </button>
  );
}

function lastSaid(at: string, zone: string, locale: 'en' | 'fr', now: number): string {
  const isToday =
    formatDayHead(at, zone, locale, now) === formatDayHead(new Date(now).toISOString(), zone, locale, now);
  return isToday ? formatTime(at, zone, locale) : formatDayHead(at, zone, locale, now);
}

function QueuedState({ queued }: { queued: Queued }) {
  const { t } = useTranslation('chat');
  const text = useProblemText('chat');
  if (queued.state === 'sending') return <p className="xs t3 mt4">{t('queue.sending')}</p>;
  if (queued.state === 'waiting') {
    return (
      <p className="xs t3 row g4 mt4">
        <Icon of={IconClock} size={14} />
        {t('queue.waiting')}
      </p>
    );
  }
  return (
    <p className="row wrap mt4">
      <State tone="alert" icon={IconAlertCircle}>
        {t('queue.refused', { why: text(new Problem(0, queued.code ?? 'unknown')) })}
      </State>
      <button type="button" className="link" onClick={() => tryAgain(queued)}>
        {t('common:retry')}
      </button>
      <button type="button" className="link" onClick={() => discard(queued.clientId)}>
        {t('queue.discard')}
      </button>
    </p>
  );
}
