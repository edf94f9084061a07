import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { ConfirmDialog } from '../../ui/confirm';
import { toast } from '../../ui/toast';
import { FlagFields, type Why } from './FlagFields';

interface FlagDialogProps {
  post: Post;
  cohortId: string;
  onClose: () => void;
}

/** Why staff should look at a post. */
export default function FlagDialog({ post, cohortId, onClose }: FlagDialogProps) {
  const { t } = useTranslation('forum');
  const [why, setWhy] = useState<Why>({ kind: 'unkind', reason: '' });
  const flag = async () => {
    await api.post(`/cohorts/${cohortId}/posts/${post.id}/flag`, why);
    toast(t('flagged'));
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('flagAsk.title', { name: post.author.name })}
      act={t('flagAsk.act')}
      keep={t('common:cancel')}
      danger={false}
      ns="forum"
      onConfirm={flag}
    >
      <p>
        {t('flagAsk.body')}{' '}
        <Link className="link" to="/c/$cohortId/forum/rules" params={{ cohortId }} target="_blank">
          {t('rulesPage')}
        </Link>
      </p>
      <FlagFields why={why} onChange={setWhy} ns="forum" />
    </ConfirmDialog>
  );
}
