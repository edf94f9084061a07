import { ActionIcon } from '@mantine/core';
import { IconBell, IconBellOff, IconCircleCheck, IconCircleCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../../../src/contracts/chat/chat';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../../ui/toast';
import { resolveThread } from '../channel-client';
import { useThreadState, useUpdateThread } from './threads';

/** Whether I follow the thread, and whether it needs somebody. */
export function ThreadActs({ root, canSend }: { root: Message; canSend: boolean }) {
  const { t } = useTranslation('chat');
  const text = useProblemText('chat');
  const state = useThreadState(root.channelId, root.id);
  const update = useUpdateThread(root.channelId, root.id);
  const tried = (act: Promise<unknown>) => void act.catch((error: unknown) => toastProblem(text(error)));
  const following = state.data?.following ?? false;
  const follow = async () => {
    await update({ following: !following });
    toast(t(following ? 'thread.left' : 'thread.followed'));
  };
  const isResolved = root.resolvedAt !== null;
  const [followWord, resolveWord] = [
    t(following ? 'thread.unfollow' : 'thread.follow'),
    t(isResolved ? 'thread.reopen' : 'thread.resolve'),
  ];
  return (
    <>
      {canSend && root.replies > 0 && (
        <ActionIcon
          aria-label={resolveWord}
          title={resolveWord}
          c={isResolved ? 'var(--ok)' : undefined}
          onClick={() => tried(resolveThread(root, !isResolved))}
        >
          <Icon of={isResolved ? IconCircleCheckFilled : IconCircleCheck} />
        </ActionIcon>
      )}
      {state.data && (
        <ActionIcon aria-label={followWord} title={followWord} onClick={() => tried(follow())}>
          <Icon of={following ? IconBell : IconBellOff} />
        </ActionIcon>
      )}
    </>
  );
}
