import { Button, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedbackSummary, MyFeedback, Workshop } from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { useSubmit } from '../../../ui/forms/form';
import { Panel } from '../../../ui/page/Panel';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { Rating } from '../../../ui/forms/Rating';
import { Notice } from '../../../ui/page/State';
import { workshopKeys } from '../cache';
import { pathOfFeedback, useFeedback } from '../queries';
import classes from '../workshops.module.css';

const RATINGS = [1, 2, 3, 4, 5] as const;

/** After the end: who was there says how it was, in two clicks; its hosts and staff read what was said. */
export default function HowItWas({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const [given, setGiven] = useState(false);
  return (
    <>
      {workshop.abilities.giveFeedback && !given && <Give workshop={workshop} onGiven={() => setGiven(true)} />}
      {given && (
        <div className="mt24">
          <Notice tone="ok">{t('feedback.thanks')}</Notice>
        </div>
      )}
      {workshop.abilities.readFeedback && <Summary workshop={workshop} />}
    </>
  );
}

function Give({ workshop, onGiven }: { workshop: Workshop; onGiven: () => void }) {
  const { t } = useTranslation('workshops');
  const client = useQueryClient();
  const form = useForm({ initialValues: { rating: 0, comment: '' } });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      await api.post<MyFeedback>(pathOfFeedback(workshop), values);
      onGiven();
      await client.invalidateQueries({ queryKey: workshopKeys.one(workshop.cohortId, workshop.id) });
    },
    'workshops',
  );
  const { rating } = form.values;
  return (
    <Panel title={t('feedback.ask')} className="mt24">
      <p className="t2 mt4">{t('feedback.readers')}</p>
      <form className={`${classes.acts} mt12`} onSubmit={submit} noValidate>
        <Rating legend={t('feedback.scale')} value={rating} onChange={(value) => form.setFieldValue('rating', value)} />
        {rating > 0 && (
          <>
            <Textarea
              label={t('feedback.comment')}
              autosize
              minRows={2}
              maxLength={2_000}
              {...form.getInputProps('comment')}
              data-path="comment"
            />
            <ProblemAlert error={problem} ns="workshops" />
            <div>
              <Button type="submit" variant="filled" loading={busy}>
                {t('feedback.send')}
              </Button>
            </div>
          </>
        )}
      </form>
    </Panel>
  );
}

function Summary({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  return (
    <Panel title={t('feedback.title')} className="mt24">
      <QueryBoundary query={useFeedback(workshop)} ns="workshops">
        {(summary) => <Read {...summary} />}
      </QueryBoundary>
    </Panel>
  );
}

function Read(summary: FeedbackSummary) {
  const { t } = useTranslation('workshops');
  const { count, average } = summary;
  if (count === 0) return <p className="t2 mt8">{t('feedback.none')}</p>;
  // Of one or two, what they said is not told: it would tell who did.
  if (average === null) return <p className="t2 mt8">{t('feedback.few', { count })}</p>;
  return <Said {...summary} average={average} />;
}

function Said({ count, waiting, average, counts, comments }: FeedbackSummary & { average: number }) {
  const { t, i18n } = useTranslation('workshops');
  const shown = count - waiting;
  return (
    <>
      <p className="mt8">
        <span className={classes.big}>{average.toLocaleString(i18n.language)}</span>{' '}
        <span className="md t2">{t('feedback.of', { count: shown })}</span>
      </p>
      {waiting > 0 && <p className="t2 mt8">{t('feedback.waiting', { count: waiting })}</p>}
      <table className={`${classes.counts} mt12`}>
        <caption className="xs t2">{t('feedback.byRating')}</caption>
        <tbody>
          {[...RATINGS].reverse().map((rating) => {
            const here = counts[rating - 1] ?? 0;
            return (
              <tr key={rating}>
                <th scope="row">{rating}</th>
                <td className="grow">
                  <div className={classes.bar} aria-hidden="true">
                    <span style={{ width: `${(100 * here) / shown}%` }} />
                  </div>
                </td>
                <td>{here.toLocaleString(i18n.language)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {comments.length > 0 && (
        <>
          <h3 className="med mt16">{t('feedback.comments')}</h3>
          <ul className="list tight">
            {comments.map((comment, index) => (
              <li key={index} className={classes.plainText}>
                {comment}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
