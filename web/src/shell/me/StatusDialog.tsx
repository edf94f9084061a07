import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { SetStatus, StatusEnd } from '../../../../src/contracts/auth/standing';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { useMyStanding } from './me-standing';
import classes from './StatusDialog.module.css';

const ENDS: StatusEnd[] = ['30m', '1h', '4h', 'today', 'week', 'never'];

// A type and not an interface: a form takes any record.
type Values = { emoji: string; text: string; away: boolean; clears: StatusEnd };

/** What people say most, with the end that fits. */
const USUAL: readonly (Omit<Values, 'text'> & { key: string })[] = [
  { key: 'meeting', emoji: '📅', away: false, clears: '1h' },
  { key: 'lunch', emoji: '🥐', away: true, clears: '1h' },
  { key: 'remote', emoji: '🏡', away: false, clears: 'today' },
  { key: 'sick', emoji: '🤒', away: true, clears: 'today' },
  { key: 'leave', emoji: '🌴', away: true, clears: 'week' },
];

const bodyOf = ({ emoji, text, away, clears }: Values): SetStatus => ({ emoji: emoji || null, text, away, clears });

/** Says something of myself to the others, until it ends by itself. */
export default function StatusDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { status, setStatus } = useMyStanding();
  const form = useForm<Values>({
    initialValues: {
      emoji: status?.emoji ?? '',
      text: status?.text ?? '',
      away: status?.away ?? false,
      clears: status ? 'never' : 'today',
    },
  });
  const sending = useSubmit(form, async (values) => {
    await setStatus(bodyOf(values));
    onClose();
  });
  const { emoji, text, away } = form.values;

  return (
    <FormDialog
      title={t('status.title')}
      act={t('status.act')}
      isReady={emoji !== '' || text.trim() !== '' || away}
      onClose={onClose}
      {...sending}
    >
      <div className={classes.line}>
        <TextInput
          label={t('status.emoji')}
          autoComplete="off"
          maxLength={16}
          {...form.getInputProps('emoji')}
          className={classes.emoji}
        />
        <TextInput
          label={t('status.text')}
          placeholder={t('status.placeholder')}
          autoComplete="off"
          maxLength={80}
          data-autofocus
          className="grow"
          {...form.getInputProps('text')}
        />
      </div>
      <div className="row wrap" role="group" aria-label={t('status.usual')}>
        {USUAL.map(({ key, ...rest }) => (
          <Button
            key={key}
            size="xs"
            variant="default"
            onClick={() => form.setValues({ ...rest, text: t(`status.examples.${key}`) })}
          >
            <span aria-hidden="true">{rest.emoji}</span>&nbsp;{t(`status.examples.${key}`)}
          </Button>
        ))}
      </div>
      <Checkbox
        label={t('status.awayLabel')}
        description={t('status.awayHelp')}
        {...form.getInputProps('away', { type: 'checkbox' })}
      />
      <Select
        label={t('status.clears')}
        allowDeselect={false}
        data={ENDS.map((value) => ({ value, label: t(`status.ends.${value}`) }))}
        {...form.getInputProps('clears')}
      />
    </FormDialog>
  );
}
