import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostVersion } from '../../../../../src/contracts/forum-posts';
import { Icon } from '../../../ui/Icon';
import { PersonName } from '../../../ui/people/PersonName';
import { When } from '../../../ui/times/When';
import { wordChanges } from './word-changes';
import classes from './PostHistory.module.css';

interface VersionsProps<Version> {
  /** The newest first. */
  versions: readonly Version[];
  /** Where its people have pages. */
  cohortId?: string;
  /** What changed from one to the next. */
  children: (before: Version, after: Version) => ReactNode;
}

/** One change of a text at a time, the latest first: by whom, when and why. */
export function Versions<Version extends Pick<PostVersion, 'number' | 'by' | 'at' | 'why'>>({
  versions,
  cohortId,
  children,
}: VersionsProps<Version>) {
  const { t } = useTranslation('forum');
  const [at, setAt] = useState(0);
  const last = Math.max(0, versions.length - 2);
  const shown = Math.min(at, last);
  const [after, before] = versions.slice(shown);
  if (!after || !before) return <p className="t3">{t('history.none')}</p>;
  return (
    <>
      <div className={classes.head}>
        <p aria-live="polite">
          {t('history.fromTo', { before: before.number, after: after.number })}
          {' · '}
          <PersonName person={after.by} {...(cohortId && { cohortId })} />, <When at={after.at} />
          {after.why !== null && <span className={classes.why}>{t('history.because', { why: after.why })}</span>}
        </p>
        <ActionIcon
          size="sm"
          aria-label={t('history.earlier')}
          title={t('history.earlier')}
          aria-disabled={shown === last}
          onClick={() => setAt(Math.min(last, shown + 1))}
        >
          <Icon of={IconChevronLeft} size={16} />
        </ActionIcon>
        <ActionIcon
          size="sm"
          aria-label={t('history.later')}
          title={t('history.later')}
          aria-disabled={shown === 0}
          onClick={() => setAt(Math.max(0, shown - 1))}
        >
          <Icon of={IconChevronRight} size={16} />
        </ActionIcon>
      </div>
      {children(before, after)}
    </>
  );
}

/** What came and went between two texts, word by word. */
export function WordChanges({ before, after }: { before: string; after: string }) {
  const pieces = useMemo(() => wordChanges(before, after), [before, after]);
  return (
    <p className={classes.text}>
      {pieces.map((piece, index) => {
        if (piece.kind === 'gap')
          return (
            <span key={index} className="t3">
              {' … '}
            </span>
          );
        if (piece.kind === 'same') return <span key={index}>{piece.text}</span>;
        const Mark = piece.kind === 'added' ? 'ins' : 'del';
        return <Mark key={index}>{piece.text}</Mark>;
      })}
    </p>
  );
}
