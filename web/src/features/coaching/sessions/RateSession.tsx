import { Button, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import type { MyRating } from '../../../../../src/contracts/mentoring/session-ratings';
import { api } from '../../../api/http';
import { Panel } from '../../../ui/page/Panel';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { Rating } from '../../../ui/forms/Rating';
import { State } from '../../../ui/page/State';
import { coachingKeys } from '../queries';

const MAX_COMMENT = 2000;

/** After a session that was held: each of those who met says how it was, and sees beside the field who reads that. */
export default function RateSession({ session }: { session: MentoringSession }) {
  const path = `/cohorts/${session.cohortId}/sessions/${session.id}/rating`;
  const key = [...coachingKeys.session(session.cohortId, session.id), 'rating'];
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<MyRating>(path, { signal }) });
  return (
    <QueryBoundary query={query} ns="coaching">
      {(rating) => <Rate rating={rating} path={path} queryKey={key} />}
    </QueryBoundary>
  );
}

function Rate({
  rating: { side, mine },
  path,
  queryKey,
}: {
  rating: MyRating;
  path: string;
  queryKey: readonly unknown[];
}) {
  const { t } = useTranslation('coaching');
  const [changing, setChanging] = useState(false);
  const shown = mine !== null && !changing;
  return (
    <Panel title={t(`rate.${side}.title`)} className="mt24">
      <p className="t2 mt4">{t(`rate.${side}.readers`)}</p>
      {shown ? (
        <div className="row wrap mt12">
          <State tone="ok">{t('rate.mine', { rating: mine.rating })}</State>
          <span className="t2">{t('rate.thanks')}</span>
          <Button size="sm" variant="subtle" onClick={() => setChanging(true)}>
            {t('rate.again')}
          </Button>
        </div>
      ) : (
        <RateForm side={side} mine={mine} path={path} queryKey={queryKey} onGiven={() => setChanging(false)} />
      )}
    </Panel>
  );
}

interface RateFormProps extends MyRating {
  path: string;
  queryKey: readonly unknown[];
  onGiven: () => void;
}

function RateForm({ side, mine, path, queryKey, onGiven }: RateFormProps) {
  const { t } = useTranslation('coaching');
  const client = useQueryClient();
  const [rating, setRating] = useState(mine?.rating ?? 0);
  const [comment, setComment] = useState(mine?.comment ?? '');
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      client.setQueryData(queryKey, await api.put<MyRating>(path, { rating, comment }));
      onGiven();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="mt12" onSubmit={(event) => void send(event)}>
      <Rating legend={t(`rate.${side}.scale`)} value={rating} onChange={setRating} />
      {rating > 0 && (
        <>
          <Textarea
            mt="sm"
            label={t('rate.comment')}
            autosize
            minRows={2}
            maxLength={MAX_COMMENT}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <ProblemAlert error={problem} ns="coaching" />
          <Button mt="sm" type="submit" variant="filled" loading={busy}>
            {t('rate.send')}
          </Button>
        </>
      )}
    </form>
  );
}
