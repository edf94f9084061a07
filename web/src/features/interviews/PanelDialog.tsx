import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type Interviewer, type InterviewPanel, MAX_MEMBERS } from '../../../../src/contracts/selection/interviews';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../ui/forms/form';
import classes from './interviews.module.css';
import { type OfCall, useInterviewActs } from './queries';

interface PanelDialogProps {
  of: OfCall;
  /** Null for a new one. */
  panel: InterviewPanel | null;
  people: readonly Interviewer[];
  onClose: () => void;
}

/** A panel: who sits on it, where, how long each interview is, and until when a time can be moved. */
export default function PanelDialog({ of, panel, people, onClose }: PanelDialogProps) {
  const { t } = useTranslation('interviews');
  const fieldText = useFieldText('interviews');
  const { create, change } = useInterviewActs(of);
  const missing = (value: string) => (value.trim() === '' ? fieldText('required') : null);
  // Who has left is shown as long as they are on it.
  const left = panel?.members.filter(({ isThere }) => !isThere) ?? [];
  const form = useForm({
    initialValues: {
      ...{ name: panel?.name ?? '', place: panel?.place ?? '', phone: panel?.phone ?? '' },
      ...{ minutes: panel?.minutes ?? 30, moveHours: panel?.moveHours ?? 24 },
      memberIds: panel?.members.map(({ userId }) => userId) ?? [],
    },
    validate: {
      ...{ name: missing, place: missing },
      memberIds: (ids) => (ids.length === 0 ? fieldText('required') : null),
    },
  });
  const sending = useSubmit(
    form,
    async (values) => {
      await (panel ? change(panel.id, { ...values, revision: panel.revision }) : create(values));
      onClose();
    },
    'interviews',
  );
  const chosen = form.values.memberIds;
  const isFull = chosen.length >= MAX_MEMBERS;
  const hasTimes = (panel?.times.length ?? 0) > 0;
  return (
    <FormDialog
      title={panel ? t('panel.changeTitle', { panel: panel.name }) : t('panel.newTitle')}
      act={t(panel ? 'common:save' : 'panel.make')}
      ns="interviews"
      onClose={onClose}
      {...sending}
    >
      <TextInput label={t('panel.name')} maxLength={80} data-path="name" {...form.getInputProps('name')} />
      <TextInput
        label={t('panel.place')}
        description={t('panel.placeWhat')}
        maxLength={300}
        data-path="place"
        {...form.getInputProps('place')}
      />
      <TextInput
        label={t('panel.phone')}
        description={t('panel.phoneWhat')}
        maxLength={40}
        data-path="phone"
        {...form.getInputProps('phone')}
      />
      <div className={classes.fields}>
        <NumberInput
          label={t('panel.minutes')}
          min={10}
          max={180}
          step={5}
          allowDecimal={false}
          disabled={hasTimes}
          w={180}
          data-path="minutes"
          {...form.getInputProps('minutes')}
        />
        <NumberInput
          label={t('panel.moveHours')}
          min={0}
          max={168}
          allowDecimal={false}
          w={220}
          data-path="moveHours"
          {...form.getInputProps('moveHours')}
        />
      </div>
      <Checkbox.Group
        label={t('panel.members')}
        description={t('panel.membersWhat', { most: MAX_MEMBERS })}
        data-path="memberIds"
        {...form.getInputProps('memberIds')}
      >
        <div className={`${classes.files} mt8`}>
          {people.map(({ userId, name }) => (
            <Checkbox key={userId} value={userId} label={name} disabled={isFull && !chosen.includes(userId)} />
          ))}
          {left.map(({ userId }) => (
            <Checkbox key={userId} value={userId} label={t('panel.hasLeft')} />
          ))}
        </div>
      </Checkbox.Group>
    </FormDialog>
  );
}
