import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkPreview } from '../../../../../src/contracts/chat/link-previews';
import { useCohort, useMe } from '../../../api/session';
import { ConfirmDialog } from '../../../ui/confirm';
import { Icon } from '../../../ui/Icon';
import classes from '../../cards/LinkCards.module.css';

interface LinkPreviewsProps {
  previews: readonly LinkPreview[];
  /** Present for who may take one away; it is gone for all when it resolves. */
  onRemove: ((previewId: string) => Promise<unknown>) | undefined;
}

/** What the pages outside say of themselves that a message links to, where the cohort has that and I want to see it. */
export default function LinkPreviews({ previews, onRemove }: LinkPreviewsProps) {
  const cohort = useCohort();
  const { showsLinkPreviews } = useMe();
  if (cohort?.linkPreviews !== 'on' || !showsLinkPreviews) return null;
  return (
    <div className={classes.cards}>
      {previews.map((preview) => (
        <Page key={preview.id} preview={preview} onRemove={onRemove} />
      ))}
    </div>
  );
}

/** Words only: nothing is loaded from there. Where it leads is said by its address, whatever the page calls itself. */
function Page({ preview, onRemove }: { preview: LinkPreview; onRemove: LinkPreviewsProps['onRemove'] }) {
  const { t } = useTranslation('chat');
  const [asking, setAsking] = useState(false);
  const { id, url, title, description, site } = preview;
  const { hostname } = new URL(url);
  return (
    <div className={classes.card}>
      <div className={classes.words}>
        <span className={classes.by}>
          <span className="t2 cut">{site && site !== hostname ? `${site} · ${hostname}` : hostname}</span>
        </span>
        <a className={classes.page} href={url} target="_blank" rel="nofollow noopener noreferrer ugc">
          {title}
        </a>
        {description && <span className={classes.text}>{description}</span>}
      </div>
      {onRemove && (
        <ActionIcon
          size="sm"
          aria-label={t('page.remove', { title })}
          title={t('page.remove', { title })}
          onClick={() => setAsking(true)}
        >
          <Icon of={IconX} size={14} />
        </ActionIcon>
      )}
      {onRemove && (
        <ConfirmDialog
          opened={asking}
          onClose={() => setAsking(false)}
          title={t('page.ask', { title })}
          act={t('page.act')}
          ns="chat"
          onConfirm={() => onRemove(id)}
        >
          {t('page.askBody')}
        </ConfirmDialog>
      )}
    </div>
  );
}
