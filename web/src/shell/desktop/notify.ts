import { quietNow } from '../../../../src/common/standing';
import type { Channel, Message } from '../../../../src/contracts/chat/chat';
import { blocked } from '../../api/blocked';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { queryClient } from '../../api/query';
import { onEvent } from '../../api/socket';
import type { Me } from '../../api/types';
import { i18n } from '../../i18n/i18n';
import type { ChannelList } from '../live';
import { fromTokens } from '../../ui/naming/tokens';
import { claim } from './claim';
import { desktopChoice } from './choice';
import { playSound } from './sound';
import { FollowedReplies, isForMe, isHeard } from './worth';

const EXCERPT = 160;

/** Leads to a message in its channel, beside the thread it stands in. */
export type GoTo = (channel: Pick<Channel, 'id' | 'cohortId'>, search: { message: string; thread?: string }) => void;

const shown = new Map<string, { notice: Notification; message: Message }>();

/** Tells of what is meant for me while no tab is in front. Returns how to stop. */
export function startDesktop(goTo: GoTo): () => void {
  const threads = new FollowedReplies();
  const stops = [
    onEvent('message.created', (message) => {
      if (isForMe(message, summaryOf(message), hearer())) void tell(message, goTo);
      else if (isHeard(message, summaryOf(message), hearer())) {
        const reply = threads.replied(message, Date.now());
        if (reply) void tell(reply, goTo);
      }
    }),
    onEvent('thread.changed', ({ threadId }) => {
      const reply = threads.changed(threadId, Date.now());
      if (reply) void tell(reply, goTo);
      else closeWhere((message) => message.threadId === threadId);
    }),
    onEvent('channel.read', ({ channelId, userId, seq }) => {
      if (userId !== hearer().myId) return;
      closeWhere((message) => message.channelId === channelId && message.threadId === null && message.seq <= seq);
    }),
    onEvent('message.deleted', ({ id }) => closeWhere((message) => message.id === id)),
  ];
  return () => {
    stops.forEach((stop) => stop());
    // Whoever uses the device next must not read them.
    closeWhere(() => true);
  };
}

const me = () => queryClient.getQueryData<Me>(keys.me);
const hearer = () => ({ myId: me()?.id ?? '', blocked: blocked.get() });

const summaryOf = ({ channelId }: Message) =>
  queryClient.getQueryData<ChannelList>(keys.channels)?.items.find((one) => one.id === channelId);

function closeWhere(fits: (message: Message) => boolean): void {
  for (const [id, { notice, message }] of shown) {
    if (!fits(message)) continue;
    notice.close();
    shown.delete(id);
  }
}

async function tell(message: Message, goTo: GoTo): Promise<void> {
  if (Notification.permission !== 'granted' || quietNow(me()?.quietUntil, Date.now())) return;
  if (!(await claim(message.id))) return;
  const { content, sound } = desktopChoice.get();
  const channel = await queryClient.query({
    queryKey: [...keys.channels, message.channelId],
    queryFn: () => api.get<Channel>(`/channels/${message.channelId}`),
    staleTime: 60_000,
  });
  const { title, body } = wordsFor(message, channel, content);
  // One tag for all tabs: should two of them speak all the same, the browser shows one.
  const notice = new Notification(title, { body, tag: message.id, silent: true, lang: i18n.language });
  notice.onclick = () => {
    window.focus();
    notice.close();
    goTo(channel, { message: message.id, ...(message.threadId && { thread: message.threadId }) });
  };
  notice.onclose = () => shown.delete(message.id);
  shown.set(message.id, { notice, message });
  if (sound) await playSound().catch(() => undefined);
}

/** Who wrote and where; what, only for who chose to have it on the screen. */
function wordsFor(message: Message, channel: Channel, content: boolean): { title: string; body: string } {
  const nameOf = (id: string) =>
    channel.members.find((person) => person.id === id)?.name ?? i18n.t('common:formerMember');
  const by = message.bot?.name ?? nameOf(message.senderId);
  const place = channel.nameKey
    ? i18n.t(`names:channels.${channel.nameKey}`, { defaultValue: channel.name })
    : channel.name;
  const title = channel.kind === 'direct' ? by : i18n.t('common:desktop.title', { by, channel: place });
  const locale = i18n.language === 'fr' ? 'fr' : 'en';
  const words = fromTokens(message.body, nameOf, locale) || message.attachments.map(({ name }) => name).join(', ');
  return { title, body: content ? words.slice(0, EXCERPT) : i18n.t('common:desktop.hidden') };
}
