import { ActionIcon, Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { Juror } from '../../../../../src/contracts/selection/jurors';
import { Problem } from '../../../api/problem';
import type { Locale } from '../../../api/types';
import { listOf } from '../../../i18n/list-of';
import { useLocale } from '../../../time/clock';
import { LocaleSelect } from '../../../ui/forms/LocaleSelect';
import { Icon } from '../../../ui/Icon';
import { focusWhenThere, useFocusBack } from '../../../ui/page/focus';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { toast } from '../../../ui/toast';
import { said } from '../../apply/call/timing';
import { type OfCall, useJurorActs } from '../queries';
import classes from '../selection.module.css';
import { craftsOf } from './crafts';
import { emptyRow, isEmptyRow, type JurorRow, rowsOf, wrongOf } from './paste';

const MOST = 100;

interface InviteDialogProps {
  of: OfCall;
  call: Call;
  /** Who had left, and is asked once more. */
  again?: Juror;
  onClose: () => void;
}

/** So many are sent at once; more go after them. */
const AT_ONCE = 100;
/** A call has no more jurors. */
const MAX_ROWS = 200;

/** Invites several jurors at once: their lines pasted, or row by row. Each gets a mail with a link. */
export default function InviteDialog({ of, call, again, onClose }: InviteDialogProps) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  const { invite } = useJurorActs(of);
  const crafts = craftsOf(call);
  const [rows, setRows] = useState<JurorRow[]>([
    again
      ? { name: again.name, email: again.email, craft: again.craft ?? '', organisation: again.organisation }
      : emptyRow(),
  ]);
  const [lines, setLines] = useState('');
  const [language, setLanguage] = useState<Locale>(locale);
  const [wasTried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  useFocusBack();
  const set = (at: number, change: Partial<JurorRow>) =>
    setRows((so) => so.map((row, place) => (place === at ? { ...row, ...change } : row)));
  const take = () => {
    setRows((so) => [...so.filter((row) => !isEmptyRow(row)), ...rowsOf(lines, crafts).slice(0, MAX_ROWS)]);
    setLines('');
  };
  const add = () => {
    setRows((so) => [...so, emptyRow()]);
    focusWhenThere(document.body, `#juror-${rows.length}-name`);
  };
  const filled = rows.filter((row) => !isEmptyRow(row));
  const send = async () => {
    setTried(true);
    // What was pasted and not looked at yet is shown first: nobody is invited unseen, and nothing is lost.
    if (lines.trim() !== '') {
      take();
      return;
    }
    const wrong = rows.findIndex((_, at) => wrongOf(rows, at) !== null);
    if (filled.length === 0 || wrong !== -1) {
      const at = Math.max(wrong, 0);
      const field = wrongOf(rows, at) === 'no_name' || filled.length === 0 ? 'name' : 'email';
      document.getElementById(`juror-${at}-${field}`)?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const items = filled.map(({ craft, ...row }) => ({ ...row, craft: craft || null, locale: language }));
      let invited = 0;
      const there: string[] = [];
      for (let from = 0; from < items.length; from += AT_ONCE) {
        const answer = await invite({ items: items.slice(from, from + AT_ONCE) });
        invited += answer.invited;
        there.push(...answer.there);
      }
      toast(
        there.length === 0
          ? t('invite.done', { count: invited })
          : t('invite.someThere', { count: invited, names: listOf(there, locale) }),
      );
      onClose();
    } catch (error) {
      setProblem(error instanceof Problem && error.status === 422 ? new Problem(422, 'wrong_jurors') : error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      size={800}
      onClose={onClose}
      title={t('invite.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
        noValidate
        className="stackv g16 mt16"
      >
        <p className="t2">{t('invite.what')}</p>
        {!again && (
          <div>
            <Textarea
              label={t('invite.paste')}
              description={t('invite.pasteHelp')}
              autosize
              minRows={2}
              maxRows={8}
              value={lines}
              onChange={(event) => setLines(event.currentTarget.value)}
            />
            <Button mt={8} size="sm" disabled={lines.trim() === ''} onClick={take}>
              {t('invite.take')}
            </Button>
          </div>
        )}
        <ol className={classes.invited}>
          {rows.map((row, at) => {
            const wrong = wasTried || filled.length > 1 ? wrongOf(rows, at) : null;
            const isMissing = wasTried && filled.length === 0;
            return (
              <li key={at}>
                <TextInput
                  id={`juror-${at}-name`}
                  label={t('jurors.name')}
                  maxLength={120}
                  value={row.name}
                  error={(wrong === 'no_name' || isMissing) && t('invite.wrong.no_name')}
                  onChange={(event) => set(at, { name: event.currentTarget.value })}
                />
                <TextInput
                  id={`juror-${at}-email`}
                  label={t('jurors.email')}
                  type="email"
                  maxLength={254}
                  value={row.email}
                  error={wrong && wrong !== 'no_name' && t(`invite.wrong.${wrong}`)}
                  onChange={(event) => set(at, { email: event.currentTarget.value })}
                />
                {crafts.length > 0 && (
                  <NativeSelect
                    label={t('jurors.craft')}
                    value={row.craft}
                    onChange={(event) => set(at, { craft: event.currentTarget.value })}
                    data={[
                      { value: '', label: t('jurors.noCraft') },
                      ...crafts.map(({ key, label }) => ({ value: key, label: said(label, locale) })),
                    ]}
                  />
                )}
                <TextInput
                  label={t('jurors.organisation')}
                  maxLength={200}
                  value={row.organisation}
                  onChange={(event) => set(at, { organisation: event.currentTarget.value })}
                />
                {rows.length > 1 && (
                  <ActionIcon
                    className={classes.removeRow}
                    aria-label={t('invite.remove', { n: at + 1 })}
                    onClick={() => setRows((so) => so.toSpliced(at, 1))}
                  >
                    <Icon of={IconX} size={16} />
                  </ActionIcon>
                )}
              </li>
            );
          })}
        </ol>
        <div className="row wrap between row-top">
          {!again && rows.length < MOST && (
            <Button size="sm" variant="subtle" leftSection={<Icon of={IconPlus} size={16} />} onClick={add}>
              {t('invite.add')}
            </Button>
          )}
          <LocaleSelect
            className="right"
            label={t('invite.language')}
            value={language}
            onChange={(value) => setLanguage(value as Locale)}
          />
        </div>
        <ProblemAlert error={problem} ns="selection" />
        <div className="row end">
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={busy} disabled={filled.length > MOST}>
            {t('invite.act', { count: Math.max(filled.length, 1) })}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
