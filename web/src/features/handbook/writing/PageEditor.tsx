import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandbookPage, PageEditedMeanwhile } from '../../../../../src/contracts/handbook/handbook';
import { api } from '../../../api/http';
import { isProblem } from '../../../api/problem';
import { useDraft } from '../../../ui/forms/draft';
import { leave as leaveFiles, startWith } from '../../../ui/files/uploads';
import { useAttaching } from '../../../ui/files/useAttaching';
import { useFieldText, wrongFields } from '../../../ui/forms/form';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { Notice } from '../../../ui/page/State';
import { aboutFiles, asAttach } from '../../forum/writing/writing';
import { keepPage, pathOf } from '../handbook';
import { LanguageSwitch } from '../LanguageSwitch';
import PageFields from './PageFields';
import { LANGUAGES, type Shown } from '../shown';
import { isCommons } from '../where';
import { begunOf, isSameTyped, seenOf, typedOf } from './writing';

const Settling = lazyPart(() => import('../../forum/wiki/Settling'));

interface PageEditorProps {
  cohortId: string;
  page: HandbookPage;
  shown: Shown;
  onShow: (shown: Shown) => void;
  onClose: () => void;
}

/** Changes a page. What is typed is kept on this device; what others changed meanwhile stands beside it, and what both changed is settled paragraph by paragraph. */
export default function PageEditor({ cohortId, page, shown, onShow, onClose }: PageEditorProps) {
  const { t } = useTranslation('handbook');
  const client = useQueryClient();
  const draft = useDraft(`handbook:${page.id}`, isCommons(cohortId) ? null : cohortId);
  const [begun] = useState(() => begunOf(draft.text));
  const [seen, setSeen] = useState(() => begun?.seen ?? typedOf(page));
  const [typed, setTyped] = useState(() => begun?.typed ?? seen);
  const place = useMemo(() => ({ name: `handbook:${page.id}`, cohortId }), [page.id, cohortId]);
  const attaching = useAttaching(place);
  // What hangs on it now may be another list by the time it is saved: it begins with what one saw.
  const [held] = useState(page.attachments);
  useEffect(() => startWith(place, held, true), [place, held]);
  const [why, setWhy] = useState('');
  const [conflicts, setConflicts] = useState<PageEditedMeanwhile['conflicts']>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const fieldText = useFieldText('handbook');
  const wrong = isProblem(problem) ? wrongFields(problem.errors, fieldText) : {};
  const unsettled = LANGUAGES.filter((language) => conflicts[language]);

  const type = (now: typeof typed, from = seen) => {
    setTyped(now);
    draft.set(isSameTyped(now, from) ? '' : JSON.stringify({ typed: now, seen: from }));
  };
  const leave = () => {
    draft.clear();
    leaveFiles(place);
    onClose();
  };
  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const reason = why.trim();
      const files = asAttach(attaching.done());
      const isSame = JSON.stringify(files) === JSON.stringify(asAttach(held));
      const changed = !isSame && { attachments: files, seenAttachments: asAttach(held) };
      const edit = { ...typed, seen: seenOf(seen), ...changed, ...(reason !== '' && { why: reason }) };
      keepPage(client, cohortId, await api.patch<HandbookPage>(pathOf(cohortId, page.id), edit));
      attaching.take();
      leave();
    } catch (error) {
      setProblem(aboutFiles(error));
      setBusy(false);
      if (!isProblem(error, 'edited_meanwhile')) return;
      const { now, conflicts: both } = error.extras as unknown as PageEditedMeanwhile;
      setConflicts(both);
      // What only they changed is theirs from now on; of what both did nothing is lost until it is settled.
      const theirs = typedOf(now);
      const kept = { ...typed };
      for (const language of LANGUAGES) if (!both[language] && isSameIn(language)) kept[language] = theirs[language];
      setSeen(theirs);
      type(kept, theirs);
    }
  };
  const isSameIn = (language: (typeof LANGUAGES)[number]) =>
    typed[language].title === seen[language].title && typed[language].body === seen[language].body;

  return (
    <form className="stackv g16" onSubmit={(event) => void save(event)} noValidate>
      <div className="row between wrap">
        <LanguageSwitch value={shown} onChange={onShow} />
        {begun && <p className="t3 xs">{t('begunBefore')}</p>}
      </div>
      <PageFields {...{ typed, shown, place, attaching, wrong }} onChange={type} />
      {unsettled.map((language) => {
        const both = conflicts[language];
        if (!both) return null;
        return (
          <section key={language} lang={language} aria-label={t(`languages.${language}`)}>
            <p className="med">{t(`settle.${language}`)}</p>
            {both.title && <Notice>{t('settle.title', { theirs: both.title.theirs, mine: both.title.mine })}</Notice>}
            <Part>
              <Settling
                pieces={both.pieces}
                typed={(body) => body}
                onSettled={(body) => {
                  type({ ...typed, [language]: { ...typed[language], body } });
                  setConflicts({ ...conflicts, [language]: undefined });
                  onShow(shown === 'both' ? 'both' : language);
                  setProblem(null);
                }}
              />
            </Part>
          </section>
        );
      })}
      <TextInput
        label={t('why')}
        description={t('whyHelp')}
        value={why}
        maxLength={120}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      {problem !== null && <ProblemAlert error={problem} ns="handbook" />}
      <div className="row wrap">
        <Button type="submit" variant="filled" loading={busy} disabled={unsettled.length > 0 || attaching.busy}>
          {t('save')}
        </Button>
        <Button variant="subtle" onClick={leave}>
          {t('common:cancel')}
        </Button>
      </div>
    </form>
  );
}
