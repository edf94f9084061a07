import { useTranslation } from 'react-i18next';
import type { There } from '../../../../src/contracts/calendar';
import { type ClashQuestion, clashQuestion } from '../../api/despite';
import { useStore } from '../../api/store';
import { ConfirmDialog } from '../confirm';
import { useThereText } from '../page/there';

/** Asks whether one wants something over what is there already. One for all pages: whatever one books, joins, moves or publishes. */
export function ClashDialog() {
  const question = useStore(clashQuestion);
  return question && <Ask question={question} />;
}

function Ask({ question: { there, answer } }: { question: ClashQuestion }) {
  const { t } = useTranslation('problems');
  return (
    <ConfirmDialog
      opened
      onClose={() => answer(false)}
      title={t('there.title')}
      act={t('there.anyway')}
      keep={t('there.leave')}
      danger={false}
      onConfirm={() => {
        answer(true);
        return Promise.resolve();
      }}
    >
      <ThereList there={there} />
    </ConfirmDialog>
  );
}

/** What is there, each with a way to it where one may see it. */
export function ThereList({ there }: { there: readonly There[] }) {
  const text = useThereText();
  return (
    <ul className="list tight">
      {there.map((one, index) => (
        <li key={`${one.userId} ${one.id ?? index}`}>
          <ThereLink there={one}>{text(one)}</ThereLink>
        </li>
      ))}
    </ul>
  );
}

function ThereLink({ there: { kind, cohortId, id }, children }: { there: There; children: string }) {
  if (!id || !cohortId) return children;
  const path = kind === 'session' ? `coaching/sessions/${id}` : `workshops/${id}`;
  return (
    <a href={`/c/${cohortId}/${path}`} target="_blank" rel="noreferrer" className="link">
      {children}
    </a>
  );
}
