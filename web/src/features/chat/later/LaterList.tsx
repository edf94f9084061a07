import { ActionIcon } from '@mantine/core';
import { IconBell, IconClock, IconPencil, IconSend2, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelSummary } from '../../../../../src/contracts/chat/chat';
import type { Scheduled } from '../../../../../src/contracts/chat/scheduled';
import { useChannels } from '../../../shell/navigation/channels';
import { useNames } from '../../../shell/navigation/names';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatAbsolute, formatShortDay, formatTime } from '../../../time/format';
import { Empty } from '../../../ui/page/Empty';
import { Icon } from '../../../ui/Icon';
import { ProblemAlert, useProblemText } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { State } from '../../../ui/page/State';
import { toast, toastProblem } from '../../../ui/toast';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { Attachments } from '../../../ui/files/Attachments';
import { MessageLink } from '../messages/MessageLink';
import { MessageText } from '../messages/MessageText';
import { ChatPeopleContext } from '../channels/people';
import { cancelScheduled, changeScheduled, sendScheduled, useScheduled } from './scheduled';
import { toTokens } from '../../../ui/naming/mentions';
import { fromTokens } from '../../../ui/naming/tokens';
import { usePeopleOfSummary } from '../channels/usePeople';
import classes from '../Chat.module.css';

const LaterDialog = lazyPart(() => import('./LaterDialog'));

/** What goes out later, and what I asked to be reminded of, the earliest first. */
export function LaterList() {
  const { t } = useTranslation('chat');
  const scheduled = useScheduled();
  const channels = new Map(useChannels().data?.map((channel) => [channel.id, channel]));
  const items = scheduled.data ?? [];
  return (
    <>
      {scheduled.isPending && <RowSkeleton rows={4} />}
      {scheduled.isError && (
        <div className="mt16">
          <ProblemAlert error={scheduled.error} ns="chat" onRetry={() => void scheduled.refetch()} />
        </div>
      )}
      {scheduled.isSuccess && items.length === 0 && <Empty title={t('later.empty')}>{t('later.emptyHow')}</Empty>}
      <ul className={classes.cards}>
        {items.map((one) => {
          const channel = one.channelId === null ? undefined : channels.get(one.channelId);
          return channel ? (
            <WithPeople key={one.id} one={one} channel={channel} />
          ) : (
            <Later key={one.id} one={one} channel={null} asTyped={asIs} asSent={asIs} />
          );
        })}
      </ul>
    </>
  );
}

const asIs = (text: string) => text;

function WithPeople({ one, channel }: { one: Scheduled; channel: ChannelSummary }) {
  const people = usePeopleOfSummary(channel);
  const locale = useLocale();
  return (
    <ChatPeopleContext value={people}>
      <Later
        one={one}
        channel={channel}
        asTyped={(body) => fromTokens(body, people.nameOf, locale)}
        asSent={(typed) => toTokens(typed, people.people)}
      />
    </ChatPeopleContext>
  );
}

interface LaterProps {
  one: Scheduled;
  /** Null where it is mine no more, or there is none. */
  channel: ChannelSummary | null;
  asTyped: (body: string) => string;
  asSent: (typed: string) => string;
}

function Later({ one, channel, asTyped, asSent }: LaterProps) {
  const { t } = useTranslation('chat');
  const text = useProblemText('chat');
  const names = useNames();
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const [editing, setEditing] = useState(false);
  const act = (how: Promise<unknown>, done: string) =>
    void how.then(
      () => toast(done),
      (error: unknown) => toastProblem(text(error)),
    );
  const isNote = one.kind === 'note';
  const isAbout = one.messageId !== null;
  const shown =
    asTyped(one.body) || one.attachments.map(({ name }) => name).join(', ') || (isAbout ? t('later.gone') : '');
  const about = shown.slice(0, 60);
  return (
    <li className={classes.card}>
      <Icon of={isNote ? IconBell : IconClock} size={20} />
      <div className="grow">
        <p className={classes.by}>
          <b>
            <time dateTime={one.dueAt} title={formatAbsolute(one.dueAt, zone, locale)}>
              {formatShortDay(one.dueAt, zone, locale, now)}, {formatTime(one.dueAt, zone, locale)}
            </time>
          </b>
          {isNote && <span className="t3 xs">{t(isAbout ? 'later.about' : 'later.note')}</span>}
          {channel && (
            <span className="t3 xs">
              <MessageLink channel={channel} {...(one.messageId && { messageId: one.messageId })}>
                {names.channel(channel)}
              </MessageLink>
            </span>
          )}
        </p>
        {channel && one.body !== '' ? (
          <MessageText body={one.body} />
        ) : (
          <p className={`${classes.tx} ${classes.plain}`}>{shown}</p>
        )}
        <Attachments files={one.attachments} />
        {one.state === 'failed' && (
          <State tone="alert">
            {t('later.failed', { why: t(`problems.${one.because ?? ''}`, { defaultValue: t('later.failedWhy') }) })}
          </State>
        )}
      </div>
      <span className="row g4">
        <Act label={t('later.edit', { about })} icon={IconPencil} onClick={() => setEditing(true)} />
        {!isNote && (
          <Act
            label={t('later.now', { about })}
            icon={IconSend2}
            onClick={() => act(sendScheduled(one.id), t('later.sent'))}
          />
        )}
        <Act
          label={t(isNote ? 'later.cancelNote' : 'later.cancel', { about })}
          icon={IconTrash}
          onClick={() => act(cancelScheduled(one.id), t(isNote ? 'later.cancelledNote' : 'later.cancelled'))}
        />
      </span>
      <Part lost="over">
        {editing && (
          <LaterDialog
            title={t(isNote ? 'later.editNote' : 'later.editMessage')}
            act={t('composer.save')}
            at={one.dueAt}
            {...(!isAbout && { body: asTyped(one.body) })}
            onDone={(dueAt, body) => changeScheduled(one.id, { dueAt, ...(!isAbout && { body: asSent(body) }) })}
            onClose={() => setEditing(false)}
          />
        )}
      </Part>
    </li>
  );
}

function Act({ label, icon, onClick }: { label: string; icon: typeof IconBell; onClick: () => void }) {
  return (
    <ActionIcon size="sm" aria-label={label} title={label} onClick={onClick}>
      <Icon of={icon} size={16} />
    </ActionIcon>
  );
}
