import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer, Answers } from '../../../../src/contracts/calls/answers';
import { useStore } from '../../api/store';
import { useLocale } from '../../time/clock';
import { said } from '../apply/call/timing';
import { Both } from './Both';
import { inputOf, rowOf } from './inputs';
import type { ReviewSaver } from './queries';
import { type CommentName, LONGEST, scoreField, VERDICTS } from './review';
import classes from './reviews.module.css';
import { Scale } from './Scale';

interface ReviewFormProps {
  saver: ReviewSaver;
  answers: Answers;
  /** What is missing, once somebody tried to hand it in. */
  lacks: readonly string[];
  canWrite: boolean;
}

const COMMENTS = ['comment', 'toApplicant'] as const satisfies CommentName[];

/** A word for each criterion, what I write to the jury and to who applies, and what I think of the whole. */
export function ReviewForm({ saver, answers, lacks, canWrite }: ReviewFormProps) {
  const { t } = useTranslation('reviews');
  const locale = useLocale();
  const { draft } = useStore(saver.shown);
  const { criteria, scale } = draft.server.review;
  const words = scale.map((word, at) => ({ value: at + 1, word: said(word, locale), key: String(at + 1) }));
  const wrongOf = (field: string) => (lacks.includes(field) ? `${inputOf(field)}-wrong` : undefined);
  const wrong = (field: string, what: string) =>
    lacks.includes(field) && (
      <p id={wrongOf(field)} className={classes.wrong}>
        {what}
      </p>
    );
  const both = (field: string, show: (value: Answer | null) => string) => (
    <Both saver={saver} field={field} mine={answers[field] ?? null} theirs={draft.theirs} show={show} />
  );
  return (
    <>
      {criteria.map(({ key, name, help, weight }) => {
        const field = scoreField(key);
        const label = said(name, locale);
        return (
          <section key={key} id={rowOf(field)} className={classes.criterion}>
            <div className={classes.criterionHead}>
              <h3>
                {label} <span className="t3">{weight}</span>
              </h3>
              {said(help, locale) && <span className="t2 xs">{said(help, locale)}</span>}
            </div>
            <Scale
              {...{ field, label }}
              options={words}
              chosen={numberOf(answers[field])}
              onChoose={(score) => saver.type(field, score)}
              isRead={!canWrite}
              wrong={wrongOf(field)}
            />
            {wrong(field, t('missing.score'))}
            {both(field, (value) => words.find((one) => one.value === value)?.word ?? t('nothing'))}
          </section>
        );
      })}
      {COMMENTS.map((field) =>
        canWrite ? (
          <div key={field} className="mt12">
            <Textarea
              id={inputOf(field)}
              label={
                field === 'comment' ? (
                  t('comment.label')
                ) : (
                  <>
                    {t('toApplicant.label')} <span className={classes.optional}>{t('optional')}</span>
                  </>
                )
              }
              description={t(`${field}.help`)}
              autosize
              minRows={field === 'comment' ? 2 : 1}
              maxRows={12}
              maxLength={LONGEST[field]}
              value={textOf(answers[field])}
              onChange={({ currentTarget: { value } }) => saver.type(field, value === '' ? null : value)}
            />
            {both(field, (value) => textOf(value) || t('nothing'))}
          </div>
        ) : (
          textOf(answers[field]) !== '' && (
            <div key={field} className="mt12">
              <h3>{t(`${field}.label`)}</h3>
              <p className={classes.text}>{textOf(answers[field])}</p>
            </div>
          )
        ),
      )}
      <section id={rowOf('verdict')} className="mt12">
        <h3>{t('verdict')}</h3>
        <Scale
          field="verdict"
          label={t('verdict')}
          options={VERDICTS.map((value) => ({
            value,
            word: t(`verdicts.${value}`),
            key: t(`verdicts.keys.${value}`),
          }))}
          chosen={VERDICTS.find((one) => one === answers.verdict)}
          onChoose={(value) => saver.type('verdict', value)}
          isRead={!canWrite}
          wrong={wrongOf('verdict')}
        />
        {wrong('verdict', t('missing.verdict'))}
        {both('verdict', (value) => (value === null ? t('nothing') : t(`verdicts.${textOf(value)}`)))}
      </section>
    </>
  );
}

const numberOf = (answer: Answer | undefined) => (typeof answer === 'number' ? answer : undefined);
const textOf = (answer: Answer | null | undefined) => (typeof answer === 'string' ? answer : '');
