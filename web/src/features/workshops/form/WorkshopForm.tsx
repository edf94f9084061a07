import { ActionIcon, Button, NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreateWorkshop } from '../../../../../src/contracts/workshops/workshops';
import { useMembership } from '../../../api/session';
import type { Person } from '../../../api/types';
import { useLocale } from '../../../time/clock';
import { formatShortDay, formatTime } from '../../../time/format';
import { useFieldText, useSubmit } from '../../../ui/forms/form';
import { Icon } from '../../../ui/Icon';
import { LeaveGuard } from '../../../ui/forms/LeaveGuard';
import { MarkdownEditor } from '../../../ui/markdown/MarkdownEditor';
import { OnClosedDay } from '../../../ui/times/OnClosedDay';
import { PeoplePicker } from '../../../ui/people/PeoplePicker';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { TimeField } from '../../../ui/forms/TimeField';
import { ZoneSelect } from '../../../ui/forms/ZoneSelect';
import { CHOICES } from '../filters';
import { checked } from './form-check';
import { Joining } from '../registrations/Joining';
import { atHosts } from './hosts';
import { bodyOf, instantsOf, type WorkshopValues } from './form-values';
import classes from '../workshops.module.css';

const MAX_TAGS = 8;
const MAX_MATERIALS = 30;

interface WorkshopFormProps {
  cohortId: string;
  initial: WorkshopValues;
  /** Names of the hosts it has. */
  people?: readonly Pick<Person, 'id' | 'name'>[];
  act: string;
  send: (body: CreateWorkshop) => Promise<unknown>;
  onCancel: () => void;
  /** What stands above the fields, and below the times, where there is more to choose. */
  above?: ReactNode;
  belowTimes?: (form: Form) => ReactNode;
}

export type Form = UseFormReturnType<WorkshopValues>;

/** Everything of a workshop; whatever is wrong is said at its field, by the rules of the contract and then by the server. */
export default function WorkshopForm(props: WorkshopFormProps) {
  const { cohortId, initial, people = [], act, send, onCancel, above, belowTimes } = props;
  const { t } = useTranslation('workshops');
  const fieldText = useFieldText('workshops');
  const plansWithInvited = useMembership()?.role === 'staff';
  const form = useForm<WorkshopValues>({
    initialValues: initial,
    validate: (values) => checked(values, fieldText),
  });
  const { submit, busy, problem } = useSubmit(
    form,
    (values) => send(bodyOf(values)).catch((error: unknown) => Promise.reject(atHosts(error) as Error)),
    'workshops',
  );
  return (
    <form onSubmit={submit} noValidate className={`${classes.fields} mt24`}>
      {above}
      <TextInput label={t('form.title')} maxLength={120} {...form.getInputProps('title')} />
      <div className={classes.pair}>
        <NativeSelect
          label={t('form.kind')}
          data={CHOICES.kind.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          {...form.getInputProps('kind')}
        />
        <NativeSelect
          label={t('names:level.label')}
          data={[
            { value: '', label: t('names:level.none') },
            ...CHOICES.level.map((level) => ({ value: level, label: t(`names:level.${level}`) })),
          ]}
          {...form.getInputProps('level')}
        />
      </div>
      <TagsInput label={t('form.tags')} maxTags={MAX_TAGS} {...form.getInputProps('tags')} />
      <Times cohortId={cohortId} form={form} />
      {belowTimes?.(form)}
      <div className={classes.pair}>
        <TextInput label={t('form.place')} description={t('form.placeHelp')} {...form.getInputProps('place')} />
        <TextInput label={t('form.link')} description={t('form.linkHelp')} type="url" {...form.getInputProps('link')} />
      </div>
      <div className={classes.pair}>
        <NumberInput
          label={t('form.capacity')}
          description={t('form.capacityHelp')}
          min={1}
          max={5000}
          allowDecimal={false}
          {...form.getInputProps('capacity')}
        />
        <NumberInput
          label={t('form.onlineCapacity')}
          description={t('form.onlineCapacityHelp')}
          min={1}
          max={5000}
          allowDecimal={false}
          {...form.getInputProps('onlineCapacity')}
        />
      </div>
      <Joining form={form} />
      <PeoplePicker
        cohortId={cohortId}
        label={t('form.hosts')}
        description={t('form.hostsHelp')}
        chosen={people}
        withInvited={plansWithInvited}
        {...form.getInputProps('hosts')}
      />
      <MarkdownEditor label={t('form.description')} minRows={6} {...form.getInputProps('description')} />
      <MaterialsFields form={form} />
      <div className="save-bar">
        <ProblemAlert error={problem} ns="workshops" />
        <div className="row g12">
          <Button type="submit" variant="filled" loading={busy}>
            {act}
          </Button>
          <Button variant="subtle" onClick={onCancel}>
            {t('common:cancel')}
          </Button>
        </div>
      </div>
      {/* Saving leads to the workshop's page by itself. */}
      <LeaveGuard unsaved={form.isDirty() && !busy} />
    </form>
  );
}

/** Day, from, to, and the zone these hours are in. */
function Times({ cohortId, form }: { cohortId: string; form: Form }) {
  const { t } = useTranslation('workshops');
  const locale = useLocale();
  const { timeZone, date, startsAt, endsAt } = form.values;
  const end = instantsOf({ timeZone, date, startsAt, endsAt }).endsAt;
  const nextDay = end !== '' && endsAt <= startsAt;
  return (
    <div>
      <div className={classes.times}>
        <TextInput label={t('form.date')} type="date" {...form.getInputProps('date')} />
        <TimeField w="100%" label={t('form.from')} {...form.getInputProps('startsAt')} value={startsAt} />
        <TimeField w="100%" label={t('form.to')} {...form.getInputProps('endsAt')} value={endsAt} />
        <div>
          <ZoneSelect label={t('form.zone')} {...form.getInputProps('timeZone')} />
        </div>
      </div>
      <div className="mt12">
        <OnClosedDay cohortId={cohortId} on={date} onMove={(to) => form.setFieldValue('date', to)} />
      </div>
      {nextDay && (
        <p className="xs t2 mt4" role="status">
          {t('form.nextDay', {
            day: formatShortDay(end, timeZone, locale),
            time: formatTime(end, timeZone, locale),
          })}
        </p>
      )}
    </div>
  );
}

function MaterialsFields({ form }: { form: Form }) {
  const { t } = useTranslation('workshops');
  const { materials } = form.values;
  return (
    <fieldset className="stackv g12">
      <legend className="med">{t('materials.title')}</legend>
      {materials.map((_, index) => (
        <div key={index} className={classes.material}>
          <TextInput
            aria-label={t('form.materialTitle', { number: index + 1 })}
            placeholder={t('form.materialTitleHint')}
            {...form.getInputProps(`materials.${index}.title`)}
          />
          <TextInput
            aria-label={t('form.materialUrl', { number: index + 1 })}
            placeholder="https://"
            type="url"
            {...form.getInputProps(`materials.${index}.url`)}
          />
          <ActionIcon
            aria-label={t('form.materialRemove', { number: index + 1 })}
            onClick={() => form.removeListItem('materials', index)}
          >
            <Icon of={IconX} />
          </ActionIcon>
        </div>
      ))}
      {materials.length < MAX_MATERIALS && (
        <div>
          <Button
            size="sm"
            leftSection={<Icon of={IconPlus} size={16} />}
            onClick={() => form.insertListItem('materials', { title: '', url: '' })}
          >
            {t('form.materialAdd')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
