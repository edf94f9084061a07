import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/session';
import { blocked } from '../../../api/blocked';
import { tell, useEvent } from '../../../api/socket';
import { useStore } from '../../../api/store';
import { useChatPeople } from './people';
import classes from '../Chat.module.css';

const TELL_EVERY_MS = 3_000;
const told = new Map<string, number>();

/** Tells the others that I type, at most every 3 s. */
export function tellTyping(channelId: string): void {
  const now = Date.now();
  if (now - (told.get(channelId) ?? 0) < TELL_EVERY_MS) return;
  told.set(channelId, now);
  tell('channel:typing', { channelId });
}

/** Who else is writing here, until they stop or send. */
export function TypingLine({ channelId }: { channelId: string }) {
  const { t } = useTranslation('chat');
  const me = useMe();
  const { nameOf } = useChatPeople();
  const unheard = useStore(blocked);
  const [until, setUntil] = useState<ReadonlyMap<string, number>>(new Map());

  useEvent('typing', (typing) => {
    if (typing.channelId !== channelId) return;
    const end = Date.now() + Math.max(0, Math.min(Date.parse(typing.until) - Date.now(), 10_000));
    setUntil((now) => new Map([...now, ...typing.userIds.map((id) => [id, end] as const)]));
  });
  useEvent('message.created', (message) => {
    if (message.channelId !== channelId) return;
    setUntil((now) => new Map([...now].filter(([id]) => id !== message.senderId)));
  });
  useEffect(() => {
    if (until.size === 0) return;
    const timer = setInterval(() => setUntil((now) => new Map([...now].filter(([, end]) => end > Date.now()))), 1_000);
    return () => clearInterval(timer);
  }, [until.size]);

  const names = [...until.keys()].filter((id) => id !== me.id && !unheard.has(id)).map(nameOf);
  const [one = '', two = ''] = names;
  return (
    <div className={classes.typing} aria-live="polite">
      {names.length > 0 && t('typing', { count: names.length, one, two })}
    </div>
  );
}
