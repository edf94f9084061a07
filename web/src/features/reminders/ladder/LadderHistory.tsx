import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LadderChange, ReminderLadder } from '../../../../../src/contracts/reminders/reminder-ladder';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatRelative } from '../../../time/format';
import { useFocusBack } from '../../../ui/page/focus';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import classes from './ladder.module.css';
import { useLadderHistory } from './queries';
import { useRungWords } from './rung-words';

interface LadderHistoryProps {
  cohortId: string;
  ladder: ReminderLadder;
  onClose: () => void;
}

/** Who changed which rung when, what it was and what it is. */
export default function LadderHistory({ cohortId, ladder, onClose }: LadderHistoryProps) {
  const { t } = useTranslation('reminders');
  const history = useLadderHistory(cohortId);
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('ladder.history')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {history.isPending && <RowSkeleton rows={3} />}
      <ProblemAlert error={history.error} onRetry={() => void history.refetch()} />
      <ol className={classes.acts}>
        {history.data?.pages.flatMap(({ items }) => items.map((act) => <Act key={act.id} act={act} ladder={ladder} />))}
      </ol>
      {history.hasNextPage && (
        <Button mt="md" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </Modal>
  );
}

function Act({ act: { at, by, changes }, ladder }: { act: LadderChange; ladder: ReminderLadder }) {
  const { t } = useTranslation('reminders');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const { settingWords } = useRungWords();
  return (
    <li>
      <p className="med">
        {by?.name ?? '—'}, <time dateTime={at}>{formatRelative(at, zone, locale, now)}</time>
      </p>
      <ul>
        {changes.map(({ kind, before, after }) => {
          const rung = ladder.rungs.find((one) => one.kind === kind);
          if (!rung) return null;
          return (
            <li key={kind}>
              {t(`subjects.${rung.subject}`)}
              <span className={classes.sub}>
                {t('ladder.fromTo', { before: settingWords(before, rung), after: settingWords(after, rung) })}
              </span>
              {after.text && <span className={classes.sub}>{t('ladder.quoted', { text: after.text[locale] })}</span>}
            </li>
          );
        })}
      </ul>
    </li>
  );
}
