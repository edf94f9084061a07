import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyInterview } from '../../../../src/contracts/selection/interviews';
import { useLocale } from '../../time/clock';
import { said } from '../apply/call/timing';
import { inputOf, rowOf } from '../reviews/inputs';
import { VERDICTS } from '../reviews/review';
import { Scale } from '../reviews/Scale';

type Judged = Pick<MyInterview['note'], 'scores' | 'verdict'>;

interface JudgingProps extends Pick<MyInterview, 'criteria' | 'scale'>, Judged {
  /** Null: it is taken back. */
  onScore: (key: string, score: number | null) => void;
  onVerdict: (verdict: Judged['verdict']) => void;
}

/** No criterion can be called so. */
const VERDICT = 'interview/verdict';

/** What I think of who I talked to, by the criteria of the call and as a whole. None of it has to be said. */
export function Judging({ criteria, scale, scores, verdict, onScore, onVerdict }: JudgingProps) {
  const { t } = useTranslation('interviews');
  const locale = useLocale();
  const words = scale.map((word, at) => ({ value: at + 1, word: said(word, locale) }));
  return (
    <>
      <p className="t2 mt16">{t('verdict.optional')}</p>
      {criteria.map(({ key, name, weight }) => (
        <Question
          key={key}
          field={key}
          label={said(name, locale)}
          weight={weight}
          onTakeBack={scores[key] === undefined ? undefined : () => onScore(key, null)}
        >
          <Scale
            field={key}
            label={said(name, locale)}
            options={words}
            chosen={scores[key]}
            onChoose={(score) => onScore(key, score)}
            isRead={false}
          />
        </Question>
      ))}
      <Question
        field={VERDICT}
        label={t('verdict.title')}
        onTakeBack={verdict === null ? undefined : () => onVerdict(null)}
      >
        <Scale
          field={VERDICT}
          label={t('verdict.title')}
          options={VERDICTS.map((value) => ({ value, word: t(`verdict.${value}`) }))}
          chosen={verdict ?? undefined}
          onChoose={onVerdict}
          isRead={false}
        />
      </Question>
    </>
  );
}

interface QuestionProps {
  field: string;
  label: string;
  weight?: number;
  /** Where something is chosen. */
  onTakeBack: (() => void) | undefined;
  children: ReactNode;
}

function Question({ field, label, weight, onTakeBack, children }: QuestionProps) {
  const { t } = useTranslation('interviews');
  return (
    <section id={rowOf(field)} className="mt12">
      <div className="row between">
        <h3>
          {label} {weight !== undefined && <span className="t3">{weight}</span>}
        </h3>
        {onTakeBack && (
          <button
            type="button"
            className="link t2"
            aria-label={t('verdict.takeBackNamed', { what: label })}
            onClick={() => {
              onTakeBack();
              // The button is gone then, and the first word takes the focus.
              setTimeout(() => document.getElementById(inputOf(field))?.focus({ preventScroll: true }));
            }}
          >
            {t('verdict.takeBack')}
          </button>
        )}
      </div>
      {children}
    </section>
  );
}
