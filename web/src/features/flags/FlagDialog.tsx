import { Radio, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FlagKind } from '../../../../src/contracts/forum/flags';
import type { Post } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { ConfirmDialog } from '../../ui/confirm';
import { toast } from '../../ui/toast';

interface FlagDialogProps {
  post: Post;
  cohortId: string;
  onClose: () => void;
}

/** Why staff should look at a post. */
export default function FlagDialog({ post, cohortId, onClose }: FlagDialogProps) {
  const { t } = useTranslation('forum');
  const [kind, setKind] = useState<FlagKind>('unkind');
  const [reason, setReason] = useState('');
  const flag = async () => {
    await api.post(`/cohorts/${cohortId}/posts/${post.id}/flag`, { kind, reason });
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
      <Radio.Group
        className="mt12"
        label={t('flagAsk.kind')}
        value={kind}
        onChange={(chosen) => setKind(FlagKind.parse(chosen))}
      >
        {FlagKind.options.map((one) => (
          <Radio key={one} className="mt8" value={one} label={t(`flagKinds.${one}`)} />
        ))}
      </Radio.Group>
      <Textarea
        className="mt12"
        required={kind === 'other'}
        label={t('flagAsk.reason')}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
