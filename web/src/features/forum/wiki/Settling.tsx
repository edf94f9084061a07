import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MergePiece } from '../../../../../src/contracts/forum-posts';
import { type Choice, settledText } from './settling';
import classes from './wiki.module.css';

interface SettlingProps {
  pieces: readonly MergePiece[];
  /** Words as one types them. */
  typed: (body: string) => string;
  onSettled: (text: string) => void;
}

const CHOICES: Choice[] = ['both', 'mine', 'theirs'];

/** Two people changed the same paragraphs: who comes later says, of each, which words stand. */
export default function Settling({ pieces, typed, onSettled }: SettlingProps) {
  const { t } = useTranslation('forum');
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map());
  const shown = (body: string) => typed(body) || t('wiki.takenOut');
  return (
    <section className="mt12" aria-label={t('wiki.settle')}>
      {pieces.map((piece, at) =>
        'text' in piece ? null : (
          // They keep their order and their number.
          <div key={at} className={classes.both}>
            <div>
              <p className="med">{t('wiki.theirs')}</p>
              <p className={classes.words}>{shown(piece.theirs)}</p>
            </div>
            <div>
              <p className="med">{t('wiki.mine')}</p>
              <p className={classes.words}>{shown(piece.mine)}</p>
            </div>
            <SegmentedControl
              className={classes.choice}
              size="xs"
              aria-label={t('wiki.which')}
              value={choices.get(at) ?? 'both'}
              onChange={(chosen) => setChoices(new Map([...choices, [at, chosen]]))}
              data={CHOICES.map((value) => ({ value, label: t(`wiki.keep.${value}`) }))}
            />
          </div>
        ),
      )}
      <Button mt="sm" onClick={() => onSettled(settledText(pieces, choices))}>
        {t('wiki.together')}
      </Button>
    </section>
  );
}
