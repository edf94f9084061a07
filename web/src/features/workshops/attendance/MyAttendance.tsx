import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { useNow } from '../../../time/clock';
import { useSubmit } from '../../../ui/forms/form';
import { Icon } from '../../../ui/Icon';
import { ProblemAlert, useProblemText } from '../../../ui/page/ProblemAlert';
import { Notice } from '../../../ui/page/State';
import { toastProblem } from '../../../ui/toast';
import { useMyAttendance } from './useAttendance';
import classes from '../workshops.module.css';

/** I am here, by the code on the hosts' screen; their QR brings it along, and nothing is said before I press. */
export function CheckIn({ workshop, code }: { workshop: Workshop; code: string | undefined }) {
  const { t } = useTranslation('workshops');
  const say = useMyAttendance(workshop);
  const form = useForm({ initialValues: { code: code ?? '' } });
  const { submit, busy, problem } = useSubmit(form, say, 'workshops');
  if (!workshop.abilities.checkIn) return <NoPlace workshop={workshop} code={code} />;
  return (
    <form className={`${classes.acts} mt16`} onSubmit={submit} noValidate>
      <TextInput
        label={t('attendance.code')}
        description={t('attendance.codeHelp')}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={20}
        {...form.getInputProps('code')}
        data-path="code"
      />
      <ProblemAlert error={problem} ns="workshops" />
      <Button type="submit" variant="filled" loading={busy} leftSection={<Icon of={IconCheck} />}>
        {t('attendance.here')}
      </Button>
    </form>
  );
}

/** Whoever read the QR without a place is told whom to ask. */
function NoPlace({ workshop, code }: { workshop: Workshop; code: string | undefined }) {
  const { t } = useTranslation('workshops');
  const now = useNow();
  const { mine, abilities, startsAt, endsAt } = workshop;
  const runs = Date.parse(startsAt) <= now && now < Date.parse(endsAt);
  if (!code || !runs || abilities.takeAttendance || (mine && mine.status !== 'waitlisted')) return null;
  return (
    <div className="mt16">
      <Notice>{t('problems.no_place')}</Notice>
    </div>
  );
}

/** I cannot come, or can after all. Before the start one leaves rather, so that somebody else has the place. */
export function Excuse({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const text = useProblemText('workshops');
  const say = useMyAttendance(workshop);
  const [busy, setBusy] = useState(false);
  const isExcused = workshop.mine?.status === 'excused';
  const press = async () => {
    setBusy(true);
    await say({ status: isExcused ? 'going' : 'excused' }).catch((error: unknown) => toastProblem(text(error)));
    setBusy(false);
  };
  return (
    <>
      <Button variant={isExcused ? 'default' : 'subtle'} loading={busy} onClick={() => void press()}>
        {t(isExcused ? 'attendance.comes' : 'attendance.excuse')}
      </Button>
      {!isExcused && <p className="xs t2">{t('attendance.excuseHelp')}</p>}
    </>
  );
}
