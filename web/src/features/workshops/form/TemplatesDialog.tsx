import { ActionIcon, Button, Modal, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkshopTemplate } from '../../../../../src/contracts/workshops/workshop-copies';
import { useFocusBack } from '../../../ui/page/focus';
import { Icon } from '../../../ui/Icon';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { useTemplateActs } from './templates';
import classes from '../workshops.module.css';

interface TemplatesDialogProps {
  cohortId: string;
  templates: readonly WorkshopTemplate[];
  onClose: () => void;
}

/** The templates of the cohort, to be renamed or dropped. Dropping one asks first, at its place. */
export default function TemplatesDialog({ cohortId, templates, onClose }: TemplatesDialogProps) {
  const { t } = useTranslation('workshops');
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={t('template.manage')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <ul className="list mt16">
        {templates.map((template) => (
          <Template key={template.id} cohortId={cohortId} template={template} />
        ))}
      </ul>
    </Modal>
  );
}

function Template({ cohortId, template }: { cohortId: string; template: WorkshopTemplate }) {
  const { t } = useTranslation('workshops');
  const acts = useTemplateActs(cohortId);
  const [name, setName] = useState(template.name);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    await act().catch(setProblem);
    setBusy(false);
  };
  const changed = name.trim() !== '' && name !== template.name;
  return (
    <li className="stackv g8">
      <div className={classes.template}>
        <TextInput
          aria-label={t('template.nameOf', { name: template.name })}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {changed && (
          <Button loading={busy} onClick={() => void run(() => acts.rename(template.id, name))}>
            {t('template.rename')}
          </Button>
        )}
        {!asking && (
          <ActionIcon aria-label={t('template.dropOf', { name: template.name })} onClick={() => setAsking(true)}>
            <Icon of={IconTrash} />
          </ActionIcon>
        )}
      </div>
      {asking && (
        <div className="row wrap">
          <span>{t('template.ask')}</span>
          <Button color="corde" loading={busy} onClick={() => void run(() => acts.drop(template.id))} autoFocus>
            {t('template.drop')}
          </Button>
          <Button variant="subtle" onClick={() => setAsking(false)}>
            {t('common:cancel')}
          </Button>
        </div>
      )}
      <ProblemAlert error={problem} ns="workshops" />
    </li>
  );
}
