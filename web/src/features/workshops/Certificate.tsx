import { IconCertificate } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { madeFile } from '../../api/files/made-file';
import { useNow } from '../../time/clock';
import { saveAsFile } from '../../ui/forms/save-file';
import { Icon } from '../../ui/Icon';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toastProblem } from '../../ui/toast';

/** For who was there, once it is over. */
export function Certificate({ workshop: { cohortId, id, mine, endsAt } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const text = useProblemText('workshops');
  const now = useNow();
  const path = `/files/cohorts/${cohortId}/workshops/${id}/certificate.pdf`;
  const save = useMutation({
    mutationFn: () => madeFile(path),
    onSuccess: ({ name, blob }) => saveAsFile(name, blob.type, blob),
    onError: (error) => toastProblem(text(error)),
  });
  if (mine?.status !== 'attended' || Date.parse(endsAt) > now) return null;
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  return (
    <li>
      <Icon of={IconCertificate} />
      <a className="title grow" href={path} download onClick={onClick}>
        {t('around.certificate')}
      </a>
      <span className="t3">PDF</span>
    </li>
  );
}
