import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CohortCopyPreview, CopyKind } from '../../../../src/contracts/cohorts/cohort-copies';
import { Problem } from '../../api/problem';
import { useNames } from '../../shell/navigation/names';
import { useLocale } from '../../time/clock';
import { dayOf, formatFullDate } from '../../time/format';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { ALL_KINDS, isEmpty, type useCopyPreview } from './copied';

interface CopiedKindsProps {
  preview: ReturnType<typeof useCopyPreview>;
  /** In which the days of workshops are told. */
  timeZone: string;
  /** Those that will come along. */
  copied: readonly CopyKind[];
  value?: CopyKind[];
  error?: ReactNode;
  onChange?: (kinds: CopyKind[]) => void;
}

/** What comes along, by kind, with how much it is and the first of it. */
export function CopiedKinds({
  preview,
  timeZone,
  copied,
  value: chosen = ALL_KINDS,
  error,
  onChange,
}: CopiedKindsProps) {
  const { t } = useTranslation('admin');
  const words = useKindWords(timeZone);
  const { data } = preview;
  const isKept = (kind: CopyKind) => isEmpty(kind, preview) && chosen.includes(kind);
  // Of workshops that are there and do not come along it is told why.
  const isNothing = (kind: CopyKind) =>
    isEmpty(kind, preview) && !(kind === 'workshops' && data && data.workshops.left > 0);
  // What is wrong with a field is said there.
  const isWrong = preview.error instanceof Problem && preview.error.status === 422;
  return (
    <>
      <Checkbox.Group
        label={t('copy.what')}
        value={[...copied]}
        error={error}
        // What there is nothing of here is still wanted where another cohort is chosen that has some.
        onChange={(kinds) => onChange?.(ALL_KINDS.filter((kind) => kinds.includes(kind) || isKept(kind)))}
        data-path="kinds"
      >
        {!data && !preview.isEnabled && <p className="t2 mt8">{t('copy.choose')}</p>}
        <div className="stackv g12 mt8" aria-busy={preview.isFetching}>
          {ALL_KINDS.map((kind) => (
            <Checkbox
              key={kind}
              value={kind}
              disabled={isEmpty(kind, preview)}
              label={t(`copy.kinds.${kind}`)}
              description={data && (isNothing(kind) ? t('copy.nothing') : words(kind, data))}
            />
          ))}
        </div>
      </Checkbox.Group>
      {!isWrong && <ProblemAlert error={preview.error} ns="admin" onRetry={() => void preview.refetch()} />}
    </>
  );
}

/** One sentence of a kind: how much there is, what comes first, and when it will be. */
function useKindWords(timeZone: string) {
  const { t } = useTranslation(['admin', 'reminders', 'names']);
  const names = useNames();
  const locale = useLocale();
  const on = (name: string, day: string) => t('copy.on', { name, day: formatFullDate(day, locale) });
  const listed = (first: readonly string[], count: number) =>
    t('copy.first', { names: first.join(t('copy.between')), more: Math.max(0, count - first.length) });
  return (kind: CopyKind, { endsOn, phases, ...preview }: CohortCopyPreview): string => {
    if (kind === 'phases') {
      const [from, to] = [phases[0]?.startsOn ?? endsOn, endsOn].map((day) => formatFullDate(day, locale));
      return t('copy.from_to', { from, to });
    }
    const { count } = preview[kind];
    const said = (first: readonly string[]) => t(`copy.counts.${kind}`, { count, first: listed(first, count) });
    switch (kind) {
      case 'milestones':
        return said(preview.milestones.first.map((one) => on(names.milestone(one), one.on)));
      case 'workshops': {
        const days = preview.workshops.first.map((one) => on(one.title, dayOf(one.startsAt, timeZone).toString()));
        const { outside, left } = preview.workshops;
        return [
          said(days),
          ...(outside > 0 ? [t('copy.outside', { count: outside })] : []),
          ...(left > 0 ? [t('copy.left', { count: left })] : []),
        ].join(' ');
      }
      case 'rules':
        // Several rules may be about one thing: how many more there are is not told by it.
        return t('copy.counts.rules', {
          count,
          first: preview.rules.first.map((subject) => t(`reminders:subjects.${subject}`)).join(t('copy.between')),
        });
      default:
        return said(preview[kind].first);
    }
  };
}
