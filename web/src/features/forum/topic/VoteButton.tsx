import { Button } from '@mantine/core';
import { IconArrowBigUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../../../src/contracts/forums';
import { Icon } from '../../../ui/Icon';
import { onFirstClick } from '../../../ui/page/first-click';
import classes from '../forum.module.css';

interface VoteButtonProps {
  post: Post;
  frozen: boolean | undefined;
  onVote: () => void;
}

/** How many voted for a post, and one's own vote. */
export function VoteButton({ post, frozen, onVote }: VoteButtonProps) {
  const { t } = useTranslation('forum');
  return (
    <Button
      variant="subtle"
      size="sm"
      className={post.voted ? classes.voted : undefined}
      leftSection={<Icon of={IconArrowBigUp} size={16} />}
      aria-pressed={post.voted}
      aria-label={t('voteLabel', { count: post.votes })}
      title={post.abilities.vote ? undefined : t(frozen ? 'moderation.noReply.locked' : 'ownPost')}
      aria-disabled={!post.abilities.vote}
      onClick={onFirstClick(() => {
        if (post.abilities.vote) onVote();
      })}
    >
      {post.votes}
    </Button>
  );
}
