import { useTranslation } from 'react-i18next';
import type { OtherReview, Review } from '../../../../src/contracts/selection/reviews';
import { useLocale } from '../../time/clock';
import { formatScore } from '../../ui/scores';
import { said } from '../apply/call/timing';
import classes from './reviews.module.css';

/** What other jurors thought of the file: word by word, with what they wrote to the jury. */
export function Others({
  others,
  criteria,
  scale,
}: { others: readonly OtherReview[] } & Pick<Review, 'criteria' | 'scale'>) {
  const { t } = useTranslation('reviews');
  const locale = useLocale();
  return (
    <section className="mt16" aria-labelledby="others">
      <div className="group">
        <h3 id="others">{t('others.title')}</h3>
        <span className="num">{others.length}</span>
      </div>
      {others.length === 0 && <p className="t2 mt8">{t('others.none')}</p>}
      <ul className="list tight">
        {others.map(({ jurorName, mean, scores, verdict, comment }) => (
          <li key={jurorName} className={classes.other}>
            <p className="row wrap">
              <b className="grow">{jurorName}</b>
              {verdict && <span>{t(`verdicts.${verdict}`)}</span>}
              <span className="t2">{formatScore(mean, locale)}</span>
            </p>
            <p className="t2">
              {criteria
                .filter(({ key }) => scores[key] !== undefined)
                .map(({ key, name }) => {
                  const word = scale[(scores[key] ?? 0) - 1];
                  return t('others.score', { criterion: said(name, locale), word: word ? said(word, locale) : '' });
                })
                .join(', ')}
            </p>
            {comment !== '' && <p className={classes.text}>{comment}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
