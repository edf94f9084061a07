import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../../../src/contracts/forums';
import { Icon } from '../../../ui/Icon';
import { When } from '../../../ui/times/When';
import classes from './wiki.module.css';

/** Below a wiki: that everybody may edit it, and who did last. */
export function WikiLine({ post: { editedBy, editedAt } }: { post: Post }) {
  const { t } = useTranslation('forum');
  return (
    <p className={classes.line}>
      <Icon of={IconUsers} size={16} />
      <span>{t('wiki.everybody')}</span>
      {editedBy && editedAt && (
        <span>
          {t('wiki.last', { name: editedBy.name || t('common:formerMember') })} <When at={editedAt} />
        </span>
      )}
    </p>
  );
}
