import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handbook } from '../../../../src/contracts/handbook/handbook';
import { useLocale } from '../../time/clock';
import { Part } from '../../ui/forms/Part';
import { lazyPart } from '../../ui/page/lazy-part';
import { filesOf, toDeleted, toNew } from './where';
import classes from './handbook.module.css';

const CopyDialog = lazyPart(() => import('./acts/CopyDialog'));

/** Below the tree: a new page, and what is done with the whole. */
export function HandbookLinks({ cohortId, handbook: { items, abilities } }: { cohortId: string; handbook: Handbook }) {
  const { t } = useTranslation('handbook');
  const locale = useLocale();
  const [isCopying, setCopying] = useState(false);
  return (
    <ul className={classes.links}>
      {abilities.write && (
        <li>
          <Link className="link" {...toNew(cohortId)}>
            {t('new.act')}
          </Link>
        </li>
      )}
      {abilities.restore && (
        <li>
          <Link className="link" {...toDeleted(cohortId)}>
            {t('deleted.title')}
          </Link>
        </li>
      )}
      {abilities.copy && (
        <li>
          <button type="button" className="link" onClick={() => setCopying(true)}>
            {t('copy.title')}
          </button>
          <Part lost="over">{isCopying && <CopyDialog cohortId={cohortId} onClose={() => setCopying(false)} />}</Part>
        </li>
      )}
      {items.length > 0 && (
        <>
          <li>
            <a className="link" href={`${filesOf(cohortId)}/handbook.html?lang=${locale}`} download>
              {t('export.html')}
            </a>
          </li>
          <li>
            <a className="link" href={`${filesOf(cohortId)}/handbook.zip`} download>
              {t('export.zip')}
            </a>
          </li>
        </>
      )}
    </ul>
  );
}
