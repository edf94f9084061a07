import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../../src/contracts/calls/applications';
import { askedQuestions } from '../../../../../src/contracts/calls/asking';
import { useLocale, useZone } from '../../../time/clock';
import { Notice } from '../../../ui/page/State';
import classes from '../apply.module.css';
import { momentIn, said, spanTo } from '../call/timing';
import { useTick } from '../call/useTick';

/** What the programme team asks for, in its words, and until when; the way to answer it is given where one is not there yet. */
export function AskedNotice({ application, onAnswer }: { application: Application; onAnswer?: () => void }) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const { asked, form } = application;
  if (!asked) return null;
  const questions = askedQuestions(form.fields, application.submitted?.answers ?? {}, asked);
  return (
    <div className="mt16">
      <Notice>
        <p className="bold">{t('asked.title')}</p>
        {asked.words !== '' && <p className={classes.decision}>{asked.words}</p>}
        <ul className={classes.askedFor}>
          {questions.map(({ key, label }) => (
            <li key={key}>{said(label, locale)}</li>
          ))}
        </ul>
        <p>
          {t(application.call.isOpen ? 'asked.whatOpen' : 'asked.what', { at: momentIn(asked.until, zone, locale) })}
        </p>
        {onAnswer && (
          <Button className="mt8" variant="filled" size="lg" onClick={onAnswer}>
            {t('asked.act')}
          </Button>
        )}
      </Notice>
    </div>
  );
}

/** Until when one can answer, counted down. */
export function AskedUntil({ until }: { until: string }) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const span = spanTo(until, useTick(until), locale);
  return <time dateTime={until}>{t('asked.closes', { span, at: momentIn(until, zone, locale) })}</time>;
}
