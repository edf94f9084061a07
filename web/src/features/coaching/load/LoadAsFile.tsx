import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CoachingLoad } from '../../../../../src/contracts/mentoring/coaching-load';
import { api } from '../../../api/http';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { saveAsFile } from '../../../ui/forms/save-file';
import { toastProblem } from '../../../ui/toast';

/** The board as a table for a spreadsheet: a line for each fellow and coach. */
export function LoadAsFile({ load }: { load: Pick<CoachingLoad, 'cohortId' | 'countedAt'> }) {
  const { t } = useTranslation('coaching');
  const text = useProblemText();
  const save = useMutation({
    mutationFn: () => api.get<string>(`/cohorts/${load.cohortId}/coaching-load/table.csv`),
    // Reading the answer as text takes the mark off by which spreadsheets know UTF-8.
    onSuccess: (csv) => saveAsFile(`${t('loads.file')}-${load.countedAt.slice(0, 10)}.csv`, 'text/csv', `\ufeff${csv}`),
    onError: (error) => toastProblem(text(error)),
  });
  return (
    <button type="button" className="link" onClick={() => save.mutate()} disabled={save.isPending}>
      {t('loads.asFile')}
    </button>
  );
}
