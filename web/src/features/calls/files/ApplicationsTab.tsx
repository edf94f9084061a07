import { Button, Drawer, NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationPage } from '../../../../../src/contracts/calls/applications';
import type { Call } from '../../../../../src/contracts/calls/calls';
import { api } from '../../../api/http';
import { oneOf } from '../../../shell/address';
import { useLocale } from '../../../time/clock';
import { saveAsFile } from '../../../ui/forms/save-file';
import { Icon } from '../../../ui/Icon';
import { Empty } from '../../../ui/page/Empty';
import { useTypedWords, WordsField } from '../../../ui/page/Found';
import { ProblemAlert, useProblemText } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { toastProblem } from '../../../ui/toast';
import classes from '../calls.module.css';
import { type FilesAsked, pathOf, useFiles } from '../queries';
import { Deciding, KINDS } from './Deciding';
import { FilesTable, mayChoose } from './FilesTable';
import { FileView } from './FileView';

const STATES = ['submitted', 'withdrawn', 'waiting'] as const;
const DECISIONS = ['none', ...KINDS] as const;
const SORTS = ['number', 'name', 'submitted'] as const;

type Asked = FilesAsked & { file?: string | undefined };

/** What was handed in, as a table, with one file beside it. What was never handed in is a number. */
export default function ApplicationsTab({ cohortId, call }: { cohortId: string; call: Call }) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const navigate = useNavigate();
  const isWide = useMediaQuery('(min-width: 1200px)', false, { getInitialValueInEffect: false });
  const found: Record<string, string> = useSearch({ strict: false });
  const crafts = call.form?.fields.find(({ key, kind }) => key === 'craft' && kind === 'one')?.options ?? [];
  const asked: FilesAsked = {
    state: oneOf(STATES, found.state),
    sort: oneOf(SORTS, found.sort),
    craft: crafts.find(({ key }) => key === found.craft)?.key,
    q: found.q,
    decision: oneOf(DECISIONS, found.decision),
  };
  const set = (change: Asked) =>
    void navigate({
      to: '.',
      search: { tab: 'applications', ...asked, file: found.file, ...change } as never,
      replace: true,
      resetScroll: false,
    });
  const { typed, setTyped, q } = useTypedWords(asked.q ?? '', (words) => set({ q: words }));
  const query = useFiles(cohortId, call.id, { ...asked, q });
  const files = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const page = query.data?.pages[0];
  const total = page ? page.counts.submitted + page.counts.withdrawn : 0;
  const openId = found.file;
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const choose = (ids: readonly string[], isChosen: boolean) =>
    setPicked((before) => new Set(isChosen ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
  const chosen = files.filter((file) => picked.has(file.id) && mayChoose(file));
  const at = files.findIndex(({ id }) => id === openId);
  const open = (id: string | undefined) => set({ file: id });
  const close = () => {
    open(undefined);
    if (openId) setTimeout(() => document.getElementById(`file-${openId}`)?.focus({ preventScroll: true }), 20);
  };
  const step = async (by: 1 | -1) => {
    const next = files[at + by];
    if (next) open(next.id);
    else if (by === 1 && query.hasNextPage) {
      const more = await query.fetchNextPage();
      open(more.data?.pages.at(-1)?.items[0]?.id ?? openId);
    }
  };
  const view = openId !== undefined && (
    <FileView
      key={openId}
      cohortId={cohortId}
      callId={call.id}
      fileId={openId}
      place={at === -1 ? null : { at: at + 1, of: page?.found ?? files.length }}
      onStep={(by) => void step(by)}
      onClose={close}
    />
  );
  if (query.error && !page) return <ProblemAlert error={query.error} ns="calls" onRetry={() => void query.refetch()} />;
  if (!page) return <RowSkeleton rows={8} />;
  if (total === 0)
    return (
      <Empty title={t('files.none', { drafts: page.counts.drafts })}>
        {t(call.state === 'draft' ? 'files.noneDraft' : call.isOpen ? 'files.noneOpen' : 'files.noneOver')}
      </Empty>
    );
  return (
    <div className={classes.files} data-beside={isWide && openId !== undefined}>
      <div>
        <div className="row between wrap">
          <States
            counts={page.counts}
            waiting={page.waiting}
            state={asked.state}
            onState={(state) => set({ state, file: undefined })}
          />
          <AsFile cohortId={cohortId} call={call} />
        </div>
        <div className={classes.asking} role="search">
          <WordsField
            className={classes.words}
            label={t('files.search')}
            hint={t('files.searchHint')}
            typed={typed}
            onType={setTyped}
          />
          {crafts.length > 0 && (
            <NativeSelect
              aria-label={t('files.craft')}
              value={asked.craft ?? ''}
              onChange={(event) => set({ craft: event.currentTarget.value || undefined })}
              data={[
                { value: '', label: t('files.allCrafts') },
                ...crafts.map(({ key, label }) => ({ value: key, label: label[locale] })),
              ]}
            />
          )}
          {call.abilities.decide && (
            <NativeSelect
              aria-label={t('decide.filter')}
              value={asked.decision ?? ''}
              onChange={(event) => set({ decision: oneOf(DECISIONS, event.currentTarget.value) })}
              data={[
                { value: '', label: t('decide.any') },
                ...DECISIONS.map((one) => ({
                  value: one,
                  label: t(`decide.counts.${one}`, { count: page.decisions[one] }),
                })),
              ]}
            />
          )}
          <NativeSelect
            aria-label={t('files.sort')}
            value={asked.sort ?? 'number'}
            onChange={(event) => set({ sort: oneOf(SORTS, event.currentTarget.value) })}
            data={SORTS.map((one) => ({ value: one, label: t(`files.sorts.${one}`) }))}
          />
          <span className="t2 right" role="status">
            {t('files.found', { found: page.found, total })}
          </span>
        </div>
        {chosen.length > 0 && (
          <Deciding cohortId={cohortId} call={call} chosen={chosen} onDone={() => setPicked(new Set())} />
        )}
        {files.length === 0 ? (
          <Empty title={t('files.nothing')}>{t('files.nothingHint')}</Empty>
        ) : (
          <FilesTable
            {...{ call, files, openId }}
            asked={{ ...asked, q: q || undefined }}
            chosen={call.abilities.decide ? picked : null}
            onChoose={choose}
          />
        )}
        {query.hasNextPage && (
          <Button mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('common:more')}
          </Button>
        )}
      </div>
      {isWide && view && <aside className={classes.file}>{view}</aside>}
      {!isWide && (
        <Drawer.Root opened={openId !== undefined} onClose={close} position="right" size={440}>
          <Drawer.Overlay />
          <Drawer.Content aria-label={t('files.file')}>
            <Drawer.Body>{view}</Drawer.Body>
          </Drawer.Content>
        </Drawer.Root>
      )}
    </div>
  );
}

interface StatesProps {
  counts: ApplicationPage['counts'];
  waiting: number;
  state: FilesAsked['state'];
  onState: (state: FilesAsked['state']) => void;
}

/** How many there are in each state: each is a filter, but for drafts, which nobody reads. */
function States({ counts, waiting, state, onState }: StatesProps) {
  const { t } = useTranslation('calls');
  const ways = [
    { state: undefined, word: 'all', count: counts.submitted + counts.withdrawn },
    { state: 'submitted', word: 'submitted', count: counts.submitted },
    { state: 'withdrawn', word: 'withdrawn', count: counts.withdrawn },
    ...(waiting > 0 || state === 'waiting' ? [{ state: 'waiting', word: 'waiting', count: waiting } as const] : []),
  ] as const;
  return (
    <div className={classes.states} role="group" aria-label={t('files.state')}>
      {ways.map((way) => (
        <button key={way.word} type="button" aria-pressed={way.state === state} onClick={() => onState(way.state)}>
          {t(`files.counts.${way.word}`, { count: way.count })}
        </button>
      ))}
      <span className="t2" title={t('files.draftsHelp')}>
        {t('files.counts.drafts', { count: counts.drafts })}
      </span>
    </div>
  );
}

/** All files as a table for a spreadsheet. */
function AsFile({ cohortId, call }: { cohortId: string; call: Call }) {
  const { t } = useTranslation('calls');
  const text = useProblemText('calls');
  const save = useMutation({
    mutationFn: () => api.get<string>(`${pathOf(cohortId, call.id)}/applications.csv`),
    // Reading the answer as text takes the mark off by which spreadsheets know UTF-8.
    onSuccess: (csv) => saveAsFile(`${call.slug}.csv`, 'text/csv', `\ufeff${csv}`),
    onError: (error) => toastProblem(text(error)),
  });
  return (
    <Button
      variant="subtle"
      leftSection={<Icon of={IconDownload} size={16} />}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      {t('files.asFile')}
    </Button>
  );
}
