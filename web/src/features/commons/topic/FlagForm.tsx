import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommonsPost } from '../../../../../src/contracts/commons/commons';
import { api } from '../../../api/http';
import { ConfirmDialog } from '../../../ui/confirm';
import { toast } from '../../../ui/toast';
import { FlagFields, type Why } from '../../flags/FlagFields';
import { askCommonsAgain } from '../commons';

/** Why staff should look at a post. */
export default function FlagForm({ post, onClose }: { post: CommonsPost; onClose: () => void }) {
  const { t } = useTranslation('commons');
  const client = useQueryClient();
  const [why, setWhy] = useState<Why>({ kind: 'unkind', reason: '' });
  const flag = async () => {
    await api.post(`/commons/posts/${post.id}/flag`, why);
    toast(t('flagged'));
    askCommonsAgain(client);
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('flagAsk.title', { name: post.author.name || t('common:formerMember') })}
      act={t('flagAsk.act')}
      keep={t('common:cancel')}
      danger={false}
      ns="commons"
      onConfirm={flag}
    >
      <p>{t('flagAsk.body')}</p>
      <FlagFields why={why} onChange={setWhy} ns="commons" />
    </ConfirmDialog>
  );
}
