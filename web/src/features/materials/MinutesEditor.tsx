import { Button } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkshopMinutes } from '../../../../src/contracts/workshops/workshop-materials';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { isProblem } from '../../api/problem';
import { MarkdownEditor } from '../../ui/markdown/MarkdownEditor';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Notice } from '../../ui/page/State';
import { toast } from '../../ui/toast';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { useDraft } from '../../ui/forms/draft';
import classes from './materials.module.css';
import { pathOf } from './queries';

const Markdown = lazyPart(async () => ({ default: (await import('../../ui/markdown/Markdown')).Markdown }));

const MAX_MINUTES = 50_000;

interface MinutesEditorProps {
  workshop: Workshop;
  /** As they were when one began. */
  first: WorkshopMinutes;
  onSaved: (minutes: WorkshopMinutes) => void;
  onClose: () => void;
}

/** Writes minutes. What is typed is kept on this device; where somebody else saved meanwhile, theirs is shown beside mine. */
export default function MinutesEditor({ workshop, first, onSaved, onClose }: MinutesEditorProps) {
  const { t } = useTranslation('materials');
  const draft = useDraft(`minutes:${workshop.id}`, workshop.cohortId);
  const [body, setBody] = useState(draft.text || first.body);
  const [seen, setSeen] = useState(first);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const isLate = seen.revision !== first.revision;

  const type = (text: string) => {
    setBody(text);
    draft.set(text === seen.body ? '' : text);
  };
  const leave = () => {
    draft.clear();
    onClose();
  };
  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const fresh = await api.put<WorkshopMinutes>(`${pathOf(workshop)}/minutes`, { body, revision: seen.revision });
      onSaved(fresh);
      toast(t('minutes.done'));
      leave();
    } catch (error) {
      setProblem(error);
      const now = isProblem(error, 'stale') ? (error.extras.now as WorkshopMinutes | undefined) : undefined;
      if (now) {
        setSeen(now);
        onSaved(now);
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={`${classes.edit} mt12`} onSubmit={(event) => void save(event)}>
      <MarkdownEditor
        label={t('minutes.field')}
        placeholder={t('minutes.placeholder')}
        minRows={8}
        maxLength={MAX_MINUTES}
        autoFocus
        value={body}
        onChange={type}
      />
      <p className="t2 mt8">{t('minutes.readers')}</p>
      {problem !== null && (
        <div className="mt12">
          <ProblemAlert error={problem} ns="materials" />
        </div>
      )}
      {isLate && (
        <div className="mt12">
          <Notice>
            <p className="med">{t('minutes.theirs', { name: seen.editedBy?.name || t('common:formerMember') })}</p>
            <Part>
              <Markdown source={seen.body} />
            </Part>
          </Notice>
        </div>
      )}
      <div className="row wrap mt16">
        <Button type="submit" variant="filled" loading={busy}>
          {t(isLate ? 'minutes.saveOver' : 'minutes.save')}
        </Button>
        <Button variant="subtle" onClick={leave}>
          {t('common:cancel')}
        </Button>
      </div>
    </form>
  );
}
