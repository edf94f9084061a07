import { useTranslation } from 'react-i18next';
import type { InterviewNote, InterviewNotes } from '../../../../src/contracts/selection/interviews';
import { useLocale } from '../../time/clock';
import { said } from '../apply/call/timing';

interface ScoresProps extends Pick<InterviewNotes, 'criteria' | 'scale'>, Pick<InterviewNote, 'scores' | 'verdict'> {
  className: string;
}

/** A verdict and the word of each criterion, in one line; nothing where nothing was said. */
export function Scores({ criteria, scale, scores, verdict, className }: ScoresProps) {
  const { t } = useTranslation('interviews');
  const locale = useLocale();
  const words = criteria.flatMap(({ key, name }) => {
    const word = scale[(scores[key] ?? 0) - 1];
    return word ? [t('verdict.score', { criterion: said(name, locale), word: said(word, locale) })] : [];
  });
  if (words.length === 0 && verdict === null) return null;
  return <p className={className}>{[verdict ? t(`verdict.${verdict}`) : [], words].flat().join(' · ')}</p>;
}
