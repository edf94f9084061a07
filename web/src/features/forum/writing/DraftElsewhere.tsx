import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../ui/page/State';
import { When } from '../../../ui/times/When';
import classes from './writing.module.css';
import { pollWords } from './draft-state';
import type { KeptDraft } from './useKeptDraft';

/** Two windows, or devices, wrote at once: what the other one has is shown, and nothing is kept or given up before one says which words stand. */
export function DraftElsewhere({ draft }: { draft: KeptDraft }) {
  const { t } = useTranslation('forum');
  const { other, settle } = draft;
  if (other === undefined) return null;
  return (
    <div className="mt8">
      <Notice>
        {other === null ? (
          <p>{t('draft.gone')}</p>
        ) : (
          <>
            <p>
              {t('draft.elsewhere')} <When at={other.changedAt} />
            </p>
            <blockquote className={classes.other} tabIndex={0} aria-label={t('draft.there')}>
              {[other.title, other.body, pollWords(other.poll)].filter(Boolean).join('\n\n')}
            </blockquote>
          </>
        )}
        <div className="row wrap mt8">
          <Button size="sm" onClick={() => settle('mine')}>
            {t('draft.keepMine')}
          </Button>
          {other !== null && (
            <Button size="sm" onClick={() => settle('both')}>
              {t('draft.keepBoth')}
            </Button>
          )}
          <Button size="sm" variant="subtle" onClick={() => settle('theirs')}>
            {t(other === null ? 'draft.dropMine' : 'draft.takeOther')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
