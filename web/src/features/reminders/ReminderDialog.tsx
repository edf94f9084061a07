import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Reminder, type ReminderDetail, mayHaveArrived } from '../../../../src/contracts/reminders/reminders';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useLocale } from '../../time/clock';
import { formatAbsolute } from '../../time/format';
import { useFocusBack } from '../../ui/page/focus';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { toast } from '../../ui/toast';
import { WhatBecame } from './ReminderRows';
import classes from './reminder-dialog.module.css';
import { MoveWhatIf, isMovable } from './what-if/MoveWhatIf';

interface ReminderDialogProps {
  cohortId: string;
  reminder: Reminder;
  onClose: () => void;
}

/** One reminder: when, why, what it says to its person, what became of it; again where it failed, and what if its subject moved. */
export default function ReminderDialog({ cohortId, reminder, onClose }: ReminderDialogProps) {
  const { t } = useTranslation('reminders');
  useFocusBack();
  const detail = useQuery({
    queryKey: keys.in(cohortId, 'reminders', 'one', reminder.id),
    queryFn: ({ signal }) => api.get<ReminderDetail>(`/cohorts/${cohortId}/reminders/${reminder.id}`, { signal }),
  });
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={reminder.subjectTitle || t(`subjects.${reminder.subject.type}`)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <QueryBoundary query={detail} ns="reminders" loading={<RowSkeleton rows={4} />}>
        {(data) => (
          <div className="stackv g16 mt16">
            <Facts detail={data} />
            <Text detail={data} />
            {data.state === 'failed' && <Retry cohortId={cohortId} detail={data} />}
            {data.state === 'planned' && isMovable(data.subject) && (
              <MoveWhatIf cohortId={cohortId} subject={data.subject} />
            )}
          </div>
        )}
      </QueryBoundary>
    </Modal>
  );
}

function Facts({ detail }: { detail: ReminderDetail }) {
  const { t } = useTranslation('reminders');
  const locale = useLocale();
  const { person, dueAt, held, sentAt, attempts, answer, why, channels, state } = detail;
  const at = (instant: string) => formatAbsolute(instant, person.timeZone, locale);
  const facts: [string, string | null][] = [
    ['to', person.name],
    ['due', at(dueAt)],
    ['held', held && t(`detail.heldBy.${held.by}`, { from: at(held.from) })],
    ['why', t(`why.${why}`)],
    ['channels', channels.map((channel) => t(`channels.${channel}`)).join(' + ')],
    ['sent', sentAt && at(sentAt)],
    ['attempts', state !== 'planned' || attempts > 0 ? t('detail.times', { count: attempts }) : null],
    ['answer', answer],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{t(`detail.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
      <div>
        <dt>{t('heads.state')}</dt>
        <dd>
          <WhatBecame reminder={detail} />
        </dd>
      </div>
    </dl>
  );
}

/** How it reads to its person, in their language. */
function Text({ detail: { text, state } }: { detail: ReminderDetail }) {
  const { t } = useTranslation('reminders');
  if (!text) return <p className="t2">{t('detail.noText')}</p>;
  return (
    <section className={classes.text} aria-label={t('detail.text')}>
      <p className="t3 xs">{t(state === 'sent' ? 'detail.textNow' : 'detail.text')}</p>
      <div lang={text.locale}>
        <p className="med mt4">{text.title}</p>
        {text.body && <p>{text.body}</p>}
        {text.why && <p className="t2 xs mt8">{text.why}</p>}
      </div>
    </section>
  );
}

function Retry({ cohortId, detail: { id, because, canRetry } }: { cohortId: string; detail: ReminderDetail }) {
  const { t } = useTranslation('reminders');
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => api.post<ReminderDetail>(`/cohorts/${cohortId}/reminders/${id}/retry`),
    onSuccess: async (saved) => {
      client.setQueryData(keys.in(cohortId, 'reminders', 'one', id), saved);
      toast(t('detail.again'));
      await Promise.all(
        ['list', 'failed'].map((what) => client.invalidateQueries({ queryKey: keys.in(cohortId, 'reminders', what) })),
      );
    },
  });
  if (!canRetry) return <p className="t2">{t('problems.too_late')}</p>;
  return (
    <div>
      {mayHaveArrived(because) && <p className="t2">{t('detail.mayBeTwo')}</p>}
      <ProblemAlert error={retry.error} ns="reminders" />
      <Button className="mt8" variant="filled" loading={retry.isPending} onClick={() => retry.mutate()}>
        {t('detail.retry')}
      </Button>
    </div>
  );
}
