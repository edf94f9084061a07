import { Button, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handbook, HandbookPage, PageBeginning } from '../../../../../src/contracts/handbook/handbook';
import { api } from '../../../api/http';
import { isProblem } from '../../../api/problem';
import { useLocale } from '../../../time/clock';
import { useDraft } from '../../../ui/forms/draft';
import { useAttaching } from '../../../ui/files/useAttaching';
import { useFieldText, wrongFields } from '../../../ui/forms/form';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { PageHeader } from '../../../ui/page/PageHeader';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { aboutFiles, asAttach } from '../../forum/writing/writing';
import { askHandbookAgain, pathOf } from '../handbook';
import classes from '../handbook.module.css';
import { Notice } from '../../../ui/page/State';
import { LanguageSwitch } from '../LanguageSwitch';
import { type Origin, nameOfOrigin, sentOrigin } from '../made/origin';
import { placesFor } from '../places';
import type { Shown } from '../shown';
import { aboveIn, isCommons, toPage } from '../where';
import { NOTHING, type Typed, begunOf, isSameTyped, seenOf } from './writing';

const PageFields = lazyPart(() => import('./PageFields'));

interface NewPageFormProps {
  cohortId: string;
  handbook: Handbook;
  from?: PageBeginning & { origin: Origin };
}

/** The form of a new page; `from`: what it begins with. */
export default function NewPageForm({ cohortId, handbook, from }: NewPageFormProps) {
  const { t } = useTranslation('handbook');
  const locale = useLocale();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { under }: { under?: string } = useSearch({ strict: false });
  const empty: Typed = from ? { ...NOTHING, [locale]: { title: from.title, body: from.body } } : NOTHING;
  const name = `handbook:new:${from ? nameOfOrigin(from.origin) : cohortId}`;
  const draft = useDraft(name, isCommons(cohortId) ? null : cohortId);
  const place = useMemo(() => ({ name, cohortId }), [name, cohortId]);
  const attaching = useAttaching(place);
  const [typed, setTyped] = useState(() => begunOf(draft.text)?.typed ?? empty);
  const [parentId, setParentId] = useState(under ?? null);
  const [shown, setShown] = useState<Shown>(locale);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const fieldText = useFieldText('handbook');
  const wrong = isProblem(problem) ? wrongFields(problem.errors, fieldText) : {};

  const type = (now: Typed) => {
    setTyped(now);
    draft.set(isSameTyped(now, empty) ? '' : JSON.stringify({ typed: now, seen: empty }));
  };
  const write = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const { en, fr } = seenOf(typed);
    const attachments = asAttach(attaching.done());
    const page = {
      parentId,
      attachments,
      ...(en && { en }),
      ...(fr && { fr }),
      ...(from && sentOrigin(from.origin)),
    };
    try {
      const written = await api.post<HandbookPage>(pathOf(cohortId), { ...page, clientId: draft.clientIdOf(page) });
      draft.clear();
      attaching.take();
      askHandbookAgain(client, { cohortId });
      // Its script is for who comes from there.
      if (from) void import('../../forum/forum').then((forum) => forum.askForumAgain(client, { cohortId }));
      await navigate({
        ...{ ...toPage(cohortId, written.id), replace: true },
      });
    } catch (error) {
      setProblem(aboutFiles(error));
      setBusy(false);
    }
  };

  return (
    <>
      <PageHeader
        title={t('new.title')}
        lead={t(from ? `new.from.${kindOf(from.origin)}` : isCommons(cohortId) ? 'commons.newLead' : 'new.lead')}
        crumbs={[...aboveIn(cohortId, t), { label: t('new.title') }]}
      />
      {from?.pageId && (
        <Notice>
          <Link className="link" {...toPage(cohortId, from.pageId)}>
            {t('made.already')}
          </Link>
        </Notice>
      )}
      {from && from.staying > 0 && <Notice>{t('new.staying', { count: from.staying })}</Notice>}
      <form className="stackv g16 mt16" onSubmit={(event) => void write(event)} noValidate>
        <Select
          maw={480}
          label={t('place.under')}
          data={[{ value: '', label: t('place.top') }, ...placesFor(handbook.items, locale)]}
          allowDeselect={false}
          searchable
          value={parentId ?? ''}
          error={wrong.parentId}
          onChange={(value) => setParentId(value === '' ? null : value)}
        />
        <div>
          <LanguageSwitch value={shown} onChange={setShown} />
        </div>
        <Part fallback={<div className={classes.space} />}>
          <PageFields {...{ typed, shown, place, attaching, wrong }} onChange={type} />
        </Part>
        {problem !== null && <ProblemAlert error={problem} ns="handbook" />}
        <div className="row">
          <Button type="submit" variant="filled" loading={busy} disabled={attaching.busy}>
            {t('new.save')}
          </Button>
        </div>
      </form>
    </>
  );
}

const kindOf = (origin: Origin) => ('topic' in origin ? 'topic' : 'workshop' in origin ? 'workshop' : 'thread');
