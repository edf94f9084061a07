import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Wish, WishDate, WishPlan } from '../../../../src/contracts/workshops/wishes';
import { api } from '../../api/http';
import { useLocale } from '../../time/clock';
import { formatShortDay, formatRange, zoneWords } from '../../time/format';
import { Empty } from '../../ui/page/Empty';
import { useFocusBack } from '../../ui/page/focus';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { lookAgain, useDates, wishPath } from './queries';

const LENGTHS = [30, 60, 90, 120, 180];

/** The dates that suit most; choosing one makes the draft and goes there. */
export default function PlanDialog({ wish, onClose }: { wish: Wish; onClose: () => void }) {
  const { t } = useTranslation('wishes');
  const locale = useLocale();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [minutes, setMinutes] = useState(60);
  const dates = useDates(wish, minutes);
  const { cohortId } = wish;
  useFocusBack();
  const plan = useMutation({
    mutationFn: (startsAt: string) => api.post<WishPlan>(`${wishPath(wish)}/plan`, { startsAt, minutes }),
    onSuccess: ({ workshopId }) =>
      navigate({ to: '/c/$cohortId/workshops/$workshopId/edit', params: { cohortId, workshopId } }),
    onSettled: () => lookAgain(client, cohortId),
  });
  const choice = ({ startsAt, endsAt, free }: WishDate, people: number, zone: string) => (
    <li key={startsAt}>
      <Button
        fullWidth
        variant="default"
        justify="space-between"
        disabled={plan.isPending}
        rightSection={free !== null && <span className="t2">{t('plan.free', { free, people })}</span>}
        onClick={() => plan.mutate(startsAt)}
      >
        {formatShortDay(startsAt, zone, locale)}, {formatRange(startsAt, endsAt, zone, locale)}
      </Button>
    </li>
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('plan.title', { subject: wish.subject })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className="stackv g16 mt16">
        <p className="t2">{t('plan.what')}</p>
        <NativeSelect
          label={t('plan.length')}
          value={String(minutes)}
          data={LENGTHS.map((value) => ({ value: String(value), label: t('plan.minutes', { value }) }))}
          onChange={(event) => setMinutes(Number(event.currentTarget.value))}
        />
        <ProblemAlert error={plan.error} ns="wishes" />
        <QueryBoundary query={dates}>
          {({ items, people, timeZone }) =>
            items.length === 0 ? (
              <Empty title={t('plan.none')} />
            ) : (
              <>
                <ul className="stackv g4" aria-label={t('plan.dates')}>
                  {items.map((date) => choice(date, people, timeZone))}
                </ul>
                {items.some(({ free }) => free === null) && <p className="t2">{t('plan.few')}</p>}
                <p className="t3">{zoneWords(timeZone)}</p>
              </>
            )
          }
        </QueryBoundary>
      </div>
    </Modal>
  );
}
