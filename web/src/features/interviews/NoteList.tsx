import { useTranslation } from 'react-i18next';
import type { InterviewNote, InterviewNotes } from '../../../../src/contracts/selection/interviews';
import { useLocale } from '../../time/clock';
import { formatScore } from '../../ui/scores';
import classes from './interviews.module.css';
import { Scores } from './Scores';

interface NoteListProps extends Pick<InterviewNotes, 'criteria' | 'scale'> {
  items: readonly InterviewNote[];
}

/** Notes of others, each with its author and what they think. */
export function NoteList({ items, criteria, scale }: NoteListProps) {
  const { t } = useTranslation('interviews');
  const locale = useLocale();
  return (
    <ul className="stackv g16 mt16">
      {items.map(({ authorName, text, scores, verdict, mean, submittedAt }) => (
        <li key={`${submittedAt} ${authorName} ${text}`}>
          <p className="row wrap">
            <b className="grow">{authorName || t('panel.hasLeft')}</b>
            {mean !== null && <span className="t2">{formatScore(mean, locale)}</span>}
          </p>
          <p className={classes.note}>{text}</p>
          <Scores className="t2" {...{ criteria, scale, scores, verdict }} />
        </li>
      ))}
    </ul>
  );
}
