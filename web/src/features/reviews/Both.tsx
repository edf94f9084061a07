import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../src/contracts/calls/answers';
import type { Typed } from '../../api/autosave/draft';
import { Notice } from '../../ui/page/State';
import { inputOf } from './inputs';
import type { ReviewSaver } from './queries';
import classes from './reviews.module.css';

interface BothProps {
  saver: ReviewSaver;
  field: string;
  mine: Typed;
  /** What another tab wrote there meanwhile, by field. */
  theirs: Readonly<Record<string, Typed>>;
  show: (value: Answer | null) => string;
}

/** The same was written in two tabs: both stand here until one is chosen, and the one that is not is lost with open eyes. */
export function Both({ saver, field, mine, theirs, show }: BothProps) {
  const { t } = useTranslation('reviews');
  if (!(field in theirs)) return null;
  const choose = (whose: 'mine' | 'theirs') => {
    saver.choose(field, whose);
    setTimeout(() => document.getElementById(inputOf(field))?.focus({ preventScroll: true }));
  };
  return (
    <div className="mt8">
      <Notice tone="wait">
        <p className="med">{t('both.what')}</p>
        <dl className={classes.both}>
          <dt>{t('both.mine')}</dt>
          <dd className={classes.text}>{show(mine)}</dd>
          <dt>{t('both.theirs')}</dt>
          <dd className={classes.text}>{show(theirs[field] ?? null)}</dd>
        </dl>
        <div className="row wrap mt8">
          <Button size="sm" onClick={() => choose('mine')}>
            {t('both.keepMine')}
          </Button>
          <Button size="sm" onClick={() => choose('theirs')}>
            {t('both.takeTheirs')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
