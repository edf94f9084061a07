import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../src/contracts/calls/calls';
import type { Step } from '../../../../src/contracts/selection/steps';
import { useCohort } from '../../api/session';
import { oneOf } from '../../shell/address';
import { useLocale, useNow } from '../../time/clock';
import { Part } from '../../ui/forms/Part';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/page/Empty';
import { lazyPart } from '../../ui/page/lazy-part';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { State } from '../../ui/page/State';
import { said } from '../apply/call/timing';
import { useCallTime } from '../calls/words';
import { JurorsPart } from './jurors/JurorsPart';
import { type OfCall, useSteps } from './queries';
import { ReadingPart } from './reading/ReadingPart';
import classes from './selection.module.css';
import { StepActs } from './steps/StepActs';
import { StepForm } from './steps/StepForm';
import { StepPicker } from './StepPicker';
import { useAsked } from './useAsked';

const NewStepDialog = lazyPart(() => import('./steps/NewStepDialog'));

const PARTS = ['step', 'jurors', 'reading'] as const;
const MOST_STEPS = 6;

/** The steps in which jurors read what was handed in: what they see and score, who they are, and who reads what. */
export default function ReviewsTab({ cohortId, call }: { cohortId: string; call: Call }) {
  const { t } = useTranslation('selection');
  const of = { cohortId, callId: call.id };
  const { asked, ask } = useAsked('reviews');
  const [making, setMaking] = useState(false);
  const query = useSteps(of);
  // The call itself is over by then.
  const mayMake = useCohort()?.state !== 'closed';
  return (
    <>
      <QueryBoundary query={query} ns="selection" loading={<RowSkeleton rows={6} />}>
        {({ items }) => {
          const step = items.find(({ id }) => id === asked.step) ?? items[0];
          if (!step)
            return (
              <Empty
                title={t('steps.none')}
                act={
                  mayMake && (
                    <Button variant="filled" onClick={() => setMaking(true)}>
                      {t('steps.first')}
                    </Button>
                  )
                }
              >
                {t('steps.noneBody')}
              </Empty>
            );
          return (
            <>
              {items.length > 1 && (
                <div className="mt16">
                  <StepPicker steps={items} step={step} onStep={(id) => ask({ step: id })} />
                </div>
              )}
              <OneStep
                key={step.id}
                {...{ of, call, step }}
                isLast={step === items.at(-1)}
                add={mayMake && items.length < MOST_STEPS ? () => setMaking(true) : undefined}
                part={oneOf(PARTS, asked.part)}
                onPart={(part) => ask({ part })}
              />
            </>
          );
        }}
      </QueryBoundary>
      <Part lost="over">
        {making && (
          <NewStepDialog
            of={of}
            number={(query.data?.items.length ?? 0) + 1}
            onMade={(step) => ask({ step, part: 'step' })}
            onClose={() => setMaking(false)}
          />
        )}
      </Part>
    </>
  );
}

interface OneStepProps {
  of: OfCall;
  call: Call;
  step: Step;
  isLast: boolean;
  /** Begins another step; undefined where there is no more to be. */
  add: (() => void) | undefined;
  part: (typeof PARTS)[number] | undefined;
  onPart: (part: (typeof PARTS)[number]) => void;
}

function OneStep({ of, call, step, isLast, add, part, onPart }: OneStepProps) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  // Who prepares a step writes it first; of one that is open one asks who is behind.
  const shown = part ?? (step.state === 'draft' ? 'step' : 'jurors');
  return (
    <>
      <div className="page-head mt16">
        <div className="grow">
          <h2 className={classes.stepTitle}>
            {t('steps.named', { number: step.number, name: said(step.name, locale) })}
          </h2>
          <Lead call={call} step={step} />
        </div>
        <div className="row wrap">
          {add && (
            <Button variant="subtle" leftSection={<Icon of={IconPlus} size={16} />} onClick={add}>
              {t('steps.add')}
            </Button>
          )}
          <StepActs {...{ of, step, isLast }} onLacks={() => onPart('step')} />
        </div>
      </div>
      <div className={classes.parts} role="group" aria-label={t('parts.label')}>
        {PARTS.map((one) => (
          <button key={one} type="button" aria-pressed={one === shown} onClick={() => onPart(one)}>
            {t(`parts.${one}`)}
          </button>
        ))}
      </div>
      {shown === 'step' && <StepForm {...{ of, call, step }} />}
      {shown === 'jurors' && <JurorsPart {...{ of, call, step }} />}
      {shown === 'reading' && <ReadingPart {...{ of, step }} onJurors={() => onPart('jurors')} />}
    </>
  );
}

/** Where the step stands, until when, and how far all are. */
function Lead({ call, step }: { call: Call; step: Step }) {
  const { t } = useTranslation('selection');
  const timeOf = useCallTime();
  const now = useNow();
  const { state, dueAt, counts } = step;
  const isLate = dueAt !== null && state === 'open' && Date.parse(dueAt) < now;
  return (
    <p className="row wrap g12">
      <State {...(state === 'open' && { tone: 'ok' as const })}>{t(`states.${state}`)}</State>
      {dueAt !== null && <span>{t(isLate ? 'due.was' : 'due.by', { at: timeOf(dueAt, call) })}</span>}
      <span>{t('counts', counts)}</span>
    </p>
  );
}
