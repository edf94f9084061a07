import { useTranslation } from 'react-i18next';
import { useStore } from '../../../api/store';
import { useLocale, useZone } from '../../../time/clock';
import { Group } from '../../../ui/page/Group';
import { Notice } from '../../../ui/page/State';
import { AnswerList } from '../../call-forms/AnswerList';
import { momentIn } from '../call/timing';
import { FileFrame } from './FileFrame';
import { eraseWords } from './Submitted';
import { answersOf } from '../../../api/autosave/draft';
import type { Saver } from './saver';

/** A draft when nothing can be handed in any more: why, and what was typed, to be read. */
export function ClosedFile({ saver }: { saver: Saver }) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const { draft, saving } = useStore(saver.shown);
  const application = draft.server;
  const { call, form } = application;
  const at = momentIn(call.closesAt, zone, locale);
  return (
    <FileFrame application={application} stamp="missed" beside={t('file.closed', { at })}>
      <div className="mt16">
        <Notice tone="alert">
          <p className="bold">{t('over.title')}</p>
          <p>{t('over.what', { day: eraseWords(application, zone, locale) })}</p>
          {saving === 'stopped' && <p className="mt4">{t('over.unsaved')}</p>}
        </Notice>
      </div>
      <Group title={t('over.typed')} className="mt32 measure">
        <div className="mt16">
          <AnswerList fields={form.fields} answers={answersOf(draft)} locale={locale} />
        </div>
      </Group>
    </FileFrame>
  );
}
