import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkshopTemplate } from '../../../../../src/contracts/workshops/workshop-copies';
import { useMembership } from '../../../api/session';
import { useTemplates } from './templates';
import classes from '../workshops.module.css';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';

const TemplatesDialog = lazyPart(() => import('./TemplatesDialog'));

interface StartFromProps {
  cohortId: string;
  /** The form is filled with this template, on this day (`2026-10-14`). */
  onUse: (template: WorkshopTemplate, date: string) => void;
}

/** What a new workshop can begin with; nothing where the cohort keeps no template. */
export default function StartFrom({ cohortId, onUse }: StartFromProps) {
  const { t } = useTranslation('workshops');
  const isStaff = useMembership()?.role === 'staff';
  const templates = useTemplates(cohortId).data?.items ?? [];
  const [chosen, setChosen] = useState('');
  const [date, setDate] = useState('');
  const [managing, setManaging] = useState(false);
  const template = templates.find(({ id }) => id === chosen);
  if (templates.length === 0) return null;
  return (
    <div className={classes.startFrom}>
      <NativeSelect
        label={t('template.start')}
        data={[
          { value: '', label: t('template.none') },
          ...templates.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={template ? chosen : ''}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('template.day')}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
      <div className="row wrap">
        <Button disabled={!template || date === ''} onClick={() => template && onUse(template, date)}>
          {t('template.use')}
        </Button>
        {isStaff && (
          <Button variant="subtle" onClick={() => setManaging(true)}>
            {t('template.manage')}
          </Button>
        )}
      </div>
      <Part lost="over">
        {managing && <TemplatesDialog cohortId={cohortId} templates={templates} onClose={() => setManaging(false)} />}
      </Part>
    </div>
  );
}
