import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { useMe } from '../../api/session';
import { useStore } from '../../api/store';
import { desktopChoice, followChoice } from './choice';
import type { GoTo } from './notify';

/** Desktop notifications for who chose them on this device; their script comes only then. */
export function useDesktop(): void {
  const { id } = useMe();
  const { on } = useStore(desktopChoice);
  const navigate = useNavigate();
  const goTo = useEffectEvent<GoTo>(({ id: channelId, cohortId }, search) => {
    void (cohortId === null
      ? navigate({ to: '/chat/$channelId', params: { channelId }, search: search as never })
      : navigate({ to: '/c/$cohortId/chat/$channelId', params: { cohortId, channelId }, search: search as never }));
  });
  useEffect(() => followChoice(id), [id]);
  useEffect(() => {
    if (!on || !('Notification' in window)) return;
    let isOver = false;
    let stop: (() => void) | undefined;
    void import('./notify').then(({ startDesktop }) => {
      if (!isOver) stop = startDesktop((channel, search) => goTo(channel, search));
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [on]);
}
