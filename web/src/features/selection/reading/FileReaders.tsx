import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconLock, IconPlus, IconRotate, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffReview, StaffReviews } from '../../../../../src/contracts/selection/assignment';
import type { Juror } from '../../../../../src/contracts/selection/jurors';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { Part } from '../../../ui/forms/Part';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem } from '../../../ui/toast';
import { ICONS } from '../../reviews/states';
import { type OfCall, useReadingActs } from '../queries';
import classes from '../selection.module.css';

const AddReader = lazyPart(() => import('./AddReader'));

interface FileReadersProps {
  of: OfCall;
  step: Step;
  file: StaffReviews['files'][number];
  jurors: readonly Juror[];
}

/** A file with who reads it and how far each is; one more by hand, one less, or one who may write again. */
export function FileReaders({ of, step, file, jurors }: FileReadersProps) {
  const { t } = useTranslation('selection');
  const [adding, setAdding] = useState(false);
  const { number, name, reviews } = file;
  return (
    <li className={classes.fileRow}>
      <span className={classes.fileName}>
        <span className="t2 nowrap">{number}</span> <b>{name}</b>
      </span>
      <span className={classes.readers}>
        {reviews.length === 0 && <span className="t3">{t('reading.nobody')}</span>}
        {reviews.map((review) => (
          <Reader
            key={review.id}
            {...{ of, review, number }}
            name={jurors.find(({ id }) => id === review.jurorId)?.name ?? t('reading.former')}
            mayChange={step.abilities.assign}
          />
        ))}
        {step.abilities.assign && (
          <Button
            size="sm"
            variant="subtle"
            leftSection={<Icon of={IconPlus} size={16} />}
            aria-label={t('reading.addTo', { number })}
            onClick={() => setAdding(true)}
          >
            {t('reading.add')}
          </Button>
        )}
      </span>
      <Part lost="over">
        {adding && <AddReader {...{ of, step, file, jurors }} onClose={() => setAdding(false)} />}
      </Part>
    </li>
  );
}

interface ReaderProps {
  of: OfCall;
  review: StaffReview;
  number: string;
  name: string;
  mayChange: boolean;
}

function Reader({ of, review, number, name, mayChange }: ReaderProps) {
  const { t } = useTranslation('selection');
  const text = useProblemText('selection');
  const { remove, reopen } = useReadingActs(of);
  const { id, state, isLocked, reason } = review;
  const act = useMutation({
    mutationFn: (what: 'remove' | 'reopen') => (what === 'remove' ? remove(id) : reopen(id)),
    onError: (error) => toastProblem(text(error)),
  });
  const isIn = state === 'submitted';
  const said = t(`reviews:standings.${state}`);
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={classes.reader}
          data-state={state}
          aria-label={t('reading.reader', { name, state: said, number })}
        >
          <Icon of={ICONS[state]} size={16} />
          {name}
          {isLocked && <Icon of={IconLock} size={14} />}
        </button>
      </Menu.Target>
      <Menu.Dropdown maw={320}>
        <Menu.Label>{t('reading.stands', { name, state: said })}</Menu.Label>
        {reason !== '' && <Menu.Label>{t('reading.reason', { reason })}</Menu.Label>}
        {isLocked && <Menu.Label>{t('reading.locked')}</Menu.Label>}
        {mayChange && (isIn || state === 'abstained') && (
          <Menu.Item leftSection={<Icon of={IconRotate} size={16} />} onClick={() => act.mutate('reopen')}>
            {t('reading.reopen')}
          </Menu.Item>
        )}
        {mayChange && (state === 'asked' || state === 'begun') && (
          <Menu.Item leftSection={<Icon of={IconX} size={16} />} onClick={() => act.mutate('remove')}>
            {t('reading.remove')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
