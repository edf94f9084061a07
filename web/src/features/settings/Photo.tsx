import { Button, FileButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';
import { useMe } from '../../api/session';
import type { Me } from '../../api/types';
import { Avatar } from '../../ui/Avatar';
import { useFieldText } from '../../ui/form';
import { useProblemText } from '../../ui/ProblemAlert';
import classes from './settings.module.css';

/** My face: a photo that the server cuts square and cleans of its metadata, or initials. */
export function Photo() {
  const { t } = useTranslation('settings');
  const me = useMe();
  const client = useQueryClient();
  const text = useProblemText('settings');
  const fieldText = useFieldText('settings');
  const keep = (saved: Me) => client.setQueryData(keys.me, saved);

  const put = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.set('file', file);
      return api.put<Me>('/me/avatar', form);
    },
    onSuccess: keep,
  });
  const remove = useMutation({ mutationFn: () => api.delete<Me>('/me/avatar'), onSuccess: keep });
  const error = put.error ?? remove.error;
  const wrong = error instanceof Problem ? error.errors[0] : undefined;

  return (
    <div>
      <div className={classes.photo}>
        <Avatar id={me.id} name={me.name} url={me.avatarUrl} size={64} />
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && put.mutate(file)}>
          {(props) => (
            <Button {...props} size="sm" loading={put.isPending}>
              {t('photo.choose')}
            </Button>
          )}
        </FileButton>
        {me.avatarUrl && (
          <Button size="sm" variant="subtle" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('photo.remove')}
          </Button>
        )}
      </div>
      {error && (
        <p className="xs mt4" role="alert">
          <span className="state alert">{wrong ? fieldText(wrong.code, wrong.params) : text(error)}</span>
        </p>
      )}
    </div>
  );
}
