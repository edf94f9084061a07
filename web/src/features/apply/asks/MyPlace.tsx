import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyPlace as Place } from '../../../../../src/contracts/calls/places';
import { useLocale, useZone } from '../../../time/clock';
import { ConfirmDialog } from '../../../ui/confirm';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { Notice } from '../../../ui/page/State';
import { momentIn } from '../call/timing';
import type { Saver } from '../file/saver';
import { focusStanding } from '../file/standing';

interface MyPlaceProps {
  saver: Saver;
  place: Place;
}

/** The place of who is accepted: to be taken or given back until its day, taken, or lost. */
export function MyPlace({ saver, place: { state, confirmBy, at } }: MyPlaceProps) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const facts = { by: momentIn(confirmBy, zone, locale), at: at ? momentIn(at, zone, locale) : '' };
  return (
    <div className="mt16">
      <Notice tone={state === 'taken' ? 'ok' : 'wait'}>
        <p className="bold">{t(`place.title.${state}`, facts)}</p>
        <p>{t(`place.what.${state}`, facts)}</p>
        {state === 'open' && <Answers saver={saver} />}
        {state === 'taken' && <GiveBack saver={saver} act={t('place.afterAll')} />}
      </Notice>
    </div>
  );
}

function Answers({ saver }: { saver: Saver }) {
  const { t } = useTranslation('apply');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const take = () => {
    setBusy(true);
    setProblem(null);
    saver
      .answerPlace(true)
      .then(focusStanding)
      .catch(setProblem)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <div className="row wrap mt12">
        <Button variant="filled" size="lg" loading={isBusy} onClick={take}>
          {t('place.take')}
        </Button>
        <GiveBack saver={saver} act={t('place.giveBack')} size="lg" />
      </div>
      <ProblemAlert error={problem} ns="apply" />
    </>
  );
}

/** Asked once more: the place is somebody else's a moment later. */
function GiveBack({ saver, act, size }: { saver: Saver; act: string; size?: 'lg' }) {
  const { t } = useTranslation('apply');
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button size={size ?? 'sm'} className={size ? '' : 'mt12'} onClick={() => setAsking(true)}>
        {act}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('place.ask')}
        act={t('place.askAct')}
        danger
        ns="apply"
        onConfirm={() => saver.answerPlace(false).then(focusStanding)}
      >
        {t('place.follows')}
      </ConfirmDialog>
    </>
  );
}
