import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { When } from '../../../ui/times/When';
import type { KeptDraft } from './useKeptDraft';

interface DraftKeptProps {
  draft: KeptDraft;
  isBegun: boolean;
  className?: string;
  /** What stands there while nothing is begun. */
  children?: ReactNode;
}

/** Where what is typed is kept, and since when. */
export function DraftKept({ draft, isBegun, className = '', children }: DraftKeptProps) {
  const { t } = useTranslation('forum');
  const text = useProblemText('forum');
  const { keptAt, problem } = draft;
  return (
    <span className={`t3 ${className}`}>
      {!isBegun && children}
      {isBegun && problem !== null && text(problem)}
      {isBegun && problem === null && keptAt === null && t('draftKept')}
      {isBegun && problem === null && keptAt !== null && (
        <>
          {t('draft.kept')} <When at={keptAt} />
        </>
      )}
    </span>
  );
}
