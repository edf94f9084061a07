import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { saveAsFile } from '../../../ui/forms/save-file';
import { Icon } from '../../../ui/Icon';
import { Empty } from '../../../ui/page/Empty';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { toastProblem } from '../../../ui/toast';
import { type OfCall, resultsAsFile, useSteps } from '../queries';
import { StepPicker } from '../StepPicker';
import { useAsked } from '../useAsked';
import { StepResults } from './StepResults';

/** What the jurors of a step thought, file by file, by rank; and what is decided from it. */
export default function ResultsTab({ cohortId, call }: { cohortId: string; call: Call }) {
  const { t } = useTranslation('selection');
  const of = { cohortId, callId: call.id };
  const { asked, ask } = useAsked('results');
  return (
    <QueryBoundary query={useSteps(of)} ns="selection" loading={<RowSkeleton rows={8} />}>
      {({ items }) => {
        const step =
          items.find(({ id }) => id === asked.step) ?? items.find(({ counts }) => counts.submitted > 0) ?? items[0];
        if (!step)
          return (
            <Empty
              title={t('results.noSteps')}
              act={<Button onClick={() => ask({ tab: 'reviews' })}>{t('results.toReviews')}</Button>}
            >
              {t('results.noStepsBody')}
            </Empty>
          );
        const next = items.find(({ number }) => number === step.number + 1);
        return (
          <>
            {items.length > 1 && (
              <div className="mt16">
                <StepPicker
                  steps={items}
                  step={step}
                  onStep={(id) => ask({ step: id, craft: undefined, weights: undefined })}
                />
              </div>
            )}
            <StepResults key={step.id} {...{ of, call, step, next }} act={<AsFile {...{ of, call, step }} />} />
          </>
        );
      }}
    </QueryBoundary>
  );
}

/** All results of a step as a table for a spreadsheet. */
function AsFile({ of, call, step }: { of: OfCall; call: Call; step: Step }) {
  const { t } = useTranslation('selection');
  const text = useProblemText('selection');
  const save = useMutation({
    mutationFn: () => resultsAsFile(of, step.id),
    // Reading the answer as text takes the mark off by which spreadsheets know UTF-8.
    onSuccess: (csv) => saveAsFile(`${call.slug}-${step.number}.csv`, 'text/csv', `\ufeff${csv}`),
    onError: (error) => toastProblem(text(error)),
  });
  return (
    <Button leftSection={<Icon of={IconDownload} size={16} />} loading={save.isPending} onClick={() => save.mutate()}>
      {t('results.asFile')}
    </Button>
  );
}
