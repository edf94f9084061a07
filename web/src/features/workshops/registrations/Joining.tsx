import { MultiSelect, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Craft, Role } from '../../../../../src/contracts/roles';
import type { Form } from '../form/WorkshopForm';
import classes from '../workshops.module.css';

/** For how many minutes a place is held. */
const OFFERS = [60, 240, 1_440, 2_880];

/** Who may join, from when until when, which places hosts keep, and what becomes of one that opens. Folded away where nothing of it is set. */
export function Joining({ form }: { form: Form }) {
  const { t } = useTranslation('workshops');
  const { offerMinutes, opensAt, closesAt, requires, reserved } = form.values;
  const isSet =
    [offerMinutes, opensAt, closesAt, reserved].some((one) => one !== '') ||
    requires.roles.length + requires.crafts.length > 0;
  const kept = OFFERS.map(String);
  const offers = offerMinutes === '' || kept.includes(offerMinutes) ? kept : [...kept, offerMinutes];
  return (
    <details open={isSet} className={classes.more}>
      <summary className="med">{t('form.joining')}</summary>
      <div className={`${classes.fields} mt16`}>
        <NumberInput
          label={t('form.reserved')}
          description={t('form.reservedHelp')}
          min={0}
          max={5000}
          allowDecimal={false}
          {...form.getInputProps('reserved')}
        />
        <NativeSelect
          label={t('form.offer')}
          description={t('form.offerHelp')}
          data={[
            { value: '', label: t('form.offerNone') },
            ...offers.map((value) => ({ value, label: t('form.offerFor', { hours: Number(value) / 60 }) })),
          ]}
          {...form.getInputProps('offerMinutes')}
        />
        <div className={classes.pair}>
          <TextInput type="datetime-local" label={t('form.opensAt')} {...form.getInputProps('opensAt')} />
          <TextInput type="datetime-local" label={t('form.closesAt')} {...form.getInputProps('closesAt')} />
        </div>
        <div className={classes.pair}>
          <MultiSelect
            label={t('form.roles')}
            description={t('form.anybody')}
            data={Role.options.map((role) => ({ value: role, label: t(`common:roles.${role}`) }))}
            {...form.getInputProps('requires.roles')}
          />
          <MultiSelect
            label={t('form.crafts')}
            description={t('form.anybody')}
            data={Craft.options.map((craft) => ({ value: craft, label: t(`common:crafts.${craft}`) }))}
            {...form.getInputProps('requires.crafts')}
          />
        </div>
      </div>
    </details>
  );
}
