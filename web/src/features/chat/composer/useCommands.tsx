import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCohortId } from '../../../api/session';
import { useLocale, useZone } from '../../../time/clock';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toast, toastProblem, toastUndo } from '../../../ui/toast';
import type { Option, Place } from './command-book';
import { commandIn, isCommand } from './command-text';
import { useChatPeople } from '../channels/people';
import type { Source, Suggestion } from '../../../ui/naming/useSuggestions';

const load = () => import('./command-book');

/** `text`: what stands in the field now; `problem`: why nothing was done, all stays as it was. */
type Settled = { text: string } | { problem: string };

interface Commands {
  sources: Source[];
  /** What the command that is being typed does, in one line. */
  hint: string | null;
  busy: boolean;
  /** Does what the text says. */
  run: () => void;
}

/** Slash commands of a composer: a list while one types, and doing them. */
export function useCommands(text: string, isOff: boolean, settle: (outcome: Settled) => void): Commands {
  const { t } = useTranslation('chat');
  const [busy, setBusy] = useState(false);
  const problemText = useProblemText('chat');
  const router = useRouter();
  const { channel } = useChatPeople();
  const cohortId = useCohortId();
  const [zone, locale] = [useZone(), useLocale()];
  const isOn = !isOff && channel !== null && isCommand(text);
  const book = useQuery({ queryKey: ['commands'], queryFn: load, enabled: isOn, staleTime: Infinity }).data;
  const place: Place | null = channel && {
    channel,
    cohortId: channel.cohortId ?? cohortId,
    zone,
    locale,
    go: (path) => router.history.push(path),
  };
  const { name, args } = commandIn(text);
  const command = isOn ? book?.commandOf(name) : undefined;
  const isHere = command && place ? (command.isFor?.(place) ?? true) : false;
  const { data: options, isPlaceholderData: areLate } = useQuery({
    queryKey: ['commands', command?.key, args, channel?.id, locale],
    queryFn: () => (command?.options && place ? command.options(args, place) : []),
    enabled: isHere && command?.options !== undefined && /^\s*\/\S+\s/.test(text),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });

  const done = async (): Promise<Settled> => {
    const asked = commandIn(text);
    try {
      const found = (await load()).commandOf(asked.name);
      if (!found || !place) return { problem: t('commands.unknown', { name: asked.name }) };
      if (found.isFor && !found.isFor(place)) return { problem: t('commands.notHere', { name: found.names[locale] }) };
      const outcome = await found.run(asked.args, place);
      if ('text' in outcome) return outcome;
      if ('refused' in outcome) return { problem: t(`commands.refused.${outcome.refused}`, outcome.values ?? {}) };
      const said = t(`commands.done.${outcome.done}`, outcome.values ?? {});
      const { undo } = outcome;
      if (undo) toastUndo(said, () => void undo().catch((error: unknown) => toastProblem(problemText(error))));
      else toast(said);
      return { text: '' };
    } catch (error) {
      return { problem: problemText(error) };
    }
  };
  const run = () => {
    if (busy) return;
    setBusy(true);
    void done()
      .then(settle)
      .finally(() => setBusy(false));
  };

  const rowOf = (label: string, detail?: string) => (
    <>
      <span className="cut">{label}</span>
      {detail !== undefined && <span className="xs t3 right cut">{detail}</span>}
    </>
  );
  const suggestionOf = (option: Option): Suggestion => ({
    key: option.key,
    row: rowOf(option.label, option.detail),
    text: 'text' in option ? option.text : '',
    ...('act' in option && { act: option.act }),
    ...('runs' in option && { act: run, keeps: true }),
  });
  const names: Source = {
    label: t('commands.list'),
    typed: (all, caret) => {
      const before = all.slice(0, caret);
      return !isOff && /^\/\S*$/.test(before) && isCommand(before) ? { query: before.slice(1), at: 0 } : null;
    },
    find: (query) =>
      place
        ? (book?.commandsFor(query, place) ?? []).map((one) => ({
            key: one.key,
            text: `/${one.names[locale]} `,
            row: rowOf(`/${one.names[locale]} ${t(`commands.${one.key}.shape`)}`, t(`commands.${one.key}.does`)),
          }))
        : [],
  };
  const offered: Source = {
    label: t('commands.options'),
    typed: (all, caret) => (!isOff && isCommand(all) && caret > 0 ? { query: all, at: 0 } : null),
    find: () => (isHere && command?.options ? (options ?? []).map(suggestionOf) : []),
    // Half a name may fit somebody else: nobody is taken until those come whom the whole one fits.
    isLate: areLate,
  };

  const hint =
    command && isHere
      ? `/${command.names[locale]} ${t(`commands.${command.key}.shape`)}: ${t(`commands.${command.key}.does`)}`
      : null;
  return { sources: [names, offered], hint, busy, run };
}
