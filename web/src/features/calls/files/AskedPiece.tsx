import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationFile } from '../../../../../src/contracts/calls/applications';
import { askedQuestions } from '../../../../../src/contracts/calls/asking';
import { useLocale, useZone } from '../../../time/clock';
import { formatAbsolute } from '../../../time/format';
import { lazyPart } from '../../../ui/page/lazy-part';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { Part } from '../../../ui/forms/Part';
import { toast, toastProblem } from '../../../ui/toast';
import { said } from '../words';
import { useAsking } from '../work';

const AskDialog = lazyPart(() => import('./AskDialog'));

interface AskedPieceProps {
  cohortId: string;
  callId: string;
  file: ApplicationFile;
}

/** What who applies is asked for, whether it came, and the way to ask. */
export function AskedPiece({ cohortId, callId, file }: AskedPieceProps) {
  const { t } = useTranslation('calls');
  const [locale, zone] = [useLocale(), useZone()];
  const text = useProblemText('calls');
  const [isAsking, setAsking] = useState(false);
  const { end } = useAsking(cohortId, callId, file.id);
  const ending = useMutation({
    mutationFn: end,
    onSuccess: () => toast(t('asking.ended')),
    onError: (error) => toastProblem(text(error)),
  });
  const { asked, form, state, decision } = file;
  if (state !== 'submitted' || decision || (!file.canEdit && !asked)) return null;
  const questions = asked ? askedQuestions(form.fields, file.answers, asked) : [];
  return (
    <div className="mt16">
      {asked && (
        <p className="t2">
          {t(`asking.${asked.state === 'ended' ? 'stopped' : asked.state}`, {
            questions: questions.map(({ label }) => said(label, locale).text).join(', '),
            until: formatAbsolute(asked.until, zone, locale),
            at: formatAbsolute(asked.cameAt ?? asked.at, zone, locale),
          })}
        </p>
      )}
      <div className="row wrap mt8" hidden={!file.canEdit}>
        {asked?.state === 'waits' ? (
          <Button size="sm" loading={ending.isPending} onClick={() => ending.mutate()}>
            {t('asking.end')}
          </Button>
        ) : (
          <Button size="sm" onClick={() => setAsking(true)}>
            {t('asking.open')}
          </Button>
        )}
      </div>
      <Part lost="over">
        {isAsking && <AskDialog {...{ cohortId, callId, file }} onClose={() => setAsking(false)} />}
      </Part>
    </div>
  );
}
