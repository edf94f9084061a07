import { Checkbox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PhasesPreview, PreviewPhases } from '../../../../src/contracts/cohorts/phase-moves';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useNames } from '../../shell/navigation/names';
import { useLocale } from '../../time/clock';
import { formatDate } from '../../time/format';
import classes from './cohort.module.css';

const PAUSE_MS = 300;

interface PhaseMovesProps {
  cohortId: string;
  phases: PreviewPhases['phases'];
  keeps: boolean;
  onKeeps: (keeps: boolean) => void;
}

/** Which milestones go with phases that were changed and are not saved yet. Silent about phases that cannot be: saving says so. */
export function PhaseMoves({ cohortId, phases, keeps, onKeeps }: PhaseMovesProps) {
  const { t } = useTranslation('cohort');
  const names = useNames();
  const locale = useLocale();
  const [asked] = useDebouncedValue(phases, PAUSE_MS);
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'phases', 'preview', asked),
    queryFn: () => api.post<PhasesPreview>(`/cohorts/${cohortId}/phases/preview`, { phases: asked }),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  if (!data || data.moves.length === 0) return null;
  return (
    <div className={classes.moves} role="status">
      <p className="med">{t('phases.moves', { count: data.moves.length })}</p>
      <p className="t2 mt4">{t('phases.movesHelp')}</p>
      <ul className={classes.moveList} data-off={keeps}>
        {data.moves.map((move) => (
          <li key={move.id}>
            <span>{names.milestone(move)}</span>
            <s className="t2">{formatDate(move.on, locale)}</s>
            <b>{formatDate(move.movesTo, locale)}</b>
          </li>
        ))}
      </ul>
      <Checkbox
        mt={12}
        label={t('phases.keep')}
        checked={keeps}
        onChange={(event) => onKeeps(event.currentTarget.checked)}
      />
    </div>
  );
}
