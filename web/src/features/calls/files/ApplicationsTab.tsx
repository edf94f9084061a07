import { Button, Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconDownload, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import { api } from '../../../api/http';
import { oneOf } from '../../../shell/address';
import { Part } from '../../../ui/forms/Part';
import { saveAsFile } from '../../../ui/forms/save-file';
import { Icon } from '../../../ui/Icon';
import { Empty } from '../../../ui/page/Empty';
import { useTypedWords, WordsField } from '../../../ui/page/Found';
import { lazyPart } from '../../../ui/page/lazy-part';
import { ProblemAlert, useProblemText } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { toastProblem } from '../../../ui/toast';
import classes from '../calls.module.css';
import { type FilesAsked, pathOf, useFiles } from '../queries';
import { Deciding } from './Deciding';
import { DECISIONS, Filters, SORTS, STATES, States } from './Filters';
import { FilesTable, mayChoose } from './FilesTable';
import { FileView } from './FileView';
import { WaitingListButton } from './WaitingList';

const AddFileDialog = lazyPart(() => import('./AddFileDialog'));

type Asked = FilesAsked & { file?: string | undefined };

/** What was handed in, as a table, with one file beside it. What was never handed in is a number. */
export default function ApplicationsTab({ cohortId, call }: { cohortId: string; call: Call }) {
  const { t } = useTranslation('calls');
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
    tag: found.tag,
    only: found.only === 'duplicates' ? found.only : undefined,
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
  const [halfWritten] = useState(() => new Map<string, string>());
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
      known={page?.tags ?? []}
      halfWritten={halfWritten}
      place={at === -1 ? null : { at: at + 1, of: page?.found ?? files.length }}
      onStep={(by) => void step(by)}
      onClose={close}
    />
  );
  if (query.error && !page) return <ProblemAlert error={query.error} ns="calls" onRetry={() => void query.refetch()} />;
  if (!page) return <RowSkeleton rows={8} />;
  if (total === 0)
    return (
      <>
        <Empty title={t('files.none', { drafts: page.counts.drafts })}>
          {t(call.state === 'draft' ? 'files.noneDraft' : call.isOpen ? 'files.noneOpen' : 'files.noneOver')}
        </Empty>
        {call.abilities.addFiles && <AddFile cohortId={cohortId} call={call} onAdded={(id) => open(id)} />}
      </>
    );
  return (
    <div className={classes.files} data-beside={isWide && openId !== undefined}>
      <div>
        <div className="row between wrap">
          <States
            counts={page.counts}
            waiting={page.waiting}
            askedFor={page.asked}
            state={asked.state}
            onState={(state) => set({ state, file: undefined })}
          />
          {page.decisions.waiting > 0 && (
            <WaitingListButton cohortId={cohortId} callId={call.id} count={page.decisions.waiting} />
          )}
          {call.abilities.addFiles && <AddFile cohortId={cohortId} call={call} onAdded={(id) => open(id)} />}
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
          <Filters {...{ call, crafts, asked, page }} set={set} />
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
        <Drawer.Root opened={openId !== undefined} onClose={close} closeOnEscape={false} position="right" size={440}>
          <Drawer.Overlay />
          <Drawer.Content aria-label={t('files.file')}>
            <Drawer.Body>{view}</Drawer.Body>
          </Drawer.Content>
        </Drawer.Root>
      )}
    </div>
  );
}

/** The way to add a file that came by mail. */
function AddFile({ cohortId, call, onAdded }: { cohortId: string; call: Call; onAdded: (id: string) => void }) {
  const { t } = useTranslation('calls');
  const [isOpen, setOpen] = useState(false);
  const added = (id: string) => {
    setOpen(false);
    onAdded(id);
  };
  return (
    <>
      <Button variant="subtle" leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setOpen(true)}>
        {t('adding.open')}
      </Button>
      <Part lost="over">
        {isOpen && <AddFileDialog {...{ cohortId, call }} onClose={() => setOpen(false)} onAdded={added} />}
      </Part>
    </>
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
