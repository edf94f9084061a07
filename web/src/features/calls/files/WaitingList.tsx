import { ActionIcon, Button, Checkbox, Modal, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaitingList as List } from '../../../../../src/contracts/calls/places';
import { isProblem } from '../../../api/problem';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { useFocusBack } from '../../../ui/page/focus';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { toastProblem } from '../../../ui/toast';
import classes from '../calls.module.css';
import { useWaitingList } from '../waiting-list';
import { Acts } from './Acts';

/** So often was the offering switched that is shown. */
const MOST_ACTS = 5;

interface WaitingListProps {
  cohortId: string;
  callId: string;
}

/** Opens the waiting list of a call. */
export function WaitingListButton({ count, ...props }: WaitingListProps & { count: number }) {
  const { t } = useTranslation('calls');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="subtle" onClick={() => setOpen(true)}>
        {t('waitingList.open', { count })}
      </Button>
      {isOpen && <WaitingListDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function WaitingListDialog({ cohortId, callId, onClose }: WaitingListProps & { onClose: () => void }) {
  const { t } = useTranslation('calls');
  const { query } = useWaitingList(cohortId, callId);
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('waitingList.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <QueryBoundary query={query} ns="calls">
        {(list) => <Lists cohortId={cohortId} callId={callId} list={list} />}
      </QueryBoundary>
    </Modal>
  );
}

/** Who waits, craft by craft, in the order in which places are offered. */
function Lists({ cohortId, callId, list }: WaitingListProps & { list: List }) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const text = useProblemText('calls');
  const [moved, setMoved] = useState('');
  const { set, move, again } = useWaitingList(cohortId, callId);
  const failed = (error: unknown) => {
    again();
    toastProblem(isProblem(error, 'edited_meanwhile') ? t('problems.edited_meanwhile_list') : text(error));
  };
  const offering = useMutation({ mutationFn: set, onError: failed });
  const moving = useMutation({ mutationFn: move, onError: failed });
  const crafts = [...Map.groupBy(list.items, ({ craftKey }) => craftKey).values()];
  const step = (people: List['items'], at: number, by: 1 | -1) => {
    const one = people[at];
    if (!one || !people[at + by] || moving.isPending) return;
    const before = by === 1 ? people[at + 2] : people[at - 1];
    const said = { name: one.name || one.email, place: at + by + 1, of: people.length };
    moving.mutate(
      { id: one.id, before: before?.id ?? null },
      { onSuccess: () => setMoved(t('waitingList.moved', said)) },
    );
  };
  return (
    <div className="stackv g16 mt16">
      <p className="t2">{t('waitingList.what')}</p>
      <Checkbox
        label={t('waitingList.offering')}
        description={t('waitingList.offeringHelp')}
        // As it was clicked, until the server says so too.
        checked={offering.isPending ? offering.variables : list.isOffering}
        disabled={!list.canEdit}
        onChange={(event) => offering.mutate(event.currentTarget.checked)}
      />
      <VisuallyHidden role="status">{moved}</VisuallyHidden>
      {list.items.length === 0 && <p>{t('waitingList.none')}</p>}
      {crafts.map((people) => (
        <section key={people[0]?.craftKey ?? ''}>
          <h3 className="bold">{people[0]?.craft?.[locale] ?? t('waitingList.others')}</h3>
          <ol className={classes.waiting}>
            {people.map((one, at) => {
              const name = one.name || one.email;
              const arrow = (by: 1 | -1, icon: typeof IconChevronUp, word: 'up' | 'down') => (
                <ActionIcon
                  aria-label={t(`waitingList.${word}`, { name })}
                  aria-disabled={!people[at + by]}
                  onClick={() => step(people, at, by)}
                >
                  <Icon of={icon} />
                </ActionIcon>
              );
              return (
                <li key={one.id}>
                  <span className="grow">
                    {t('waitingList.place', { n: at + 1, name })} <span className="t3 xs nowrap">{one.number}</span>
                    {(!one.isSent || !one.isOffered) && (
                      <small className="xs t2">{t(one.isSent ? 'waitingList.noWords' : 'waitingList.held')}</small>
                    )}
                  </span>
                  {list.canEdit && (
                    <>
                      {arrow(-1, IconChevronUp, 'up')}
                      {arrow(1, IconChevronDown, 'down')}
                    </>
                  )}
                </li>
              );
            })}
          </ol>
        </section>
      ))}
      <Acts acts={list.acts.slice(-MOST_ACTS)} />
    </div>
  );
}
