import { Button, FileButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api/http';
import { Problem } from '../../api/problem';
import { useFieldText } from './form';
import { useProblemText } from '../page/ProblemAlert';

interface ImageChoiceProps<T> {
  /** Where it is put and deleted; both answer what `keep` keeps. */
  path: string;
  keep: (saved: T) => unknown;
  /** The words of its problems. */
  ns: string;
  choose: string;
  remove: string;
  isSet: boolean;
  /** What is there now. */
  children?: ReactNode;
}

/** An image that somebody gives, or takes away again: at once, and what is wrong with it is said below. */
export function ImageChoice<T>({ path, keep, ns, choose, remove, isSet, children }: ImageChoiceProps<T>) {
  const text = useProblemText(ns);
  const fieldText = useFieldText(ns);
  const put = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.set('file', file);
      return api.put<T>(path, form);
    },
    onSuccess: keep,
  });
  const taken = useMutation({ mutationFn: () => api.delete<T>(path), onSuccess: keep });
  const error = put.error ?? taken.error;
  const wrong = error instanceof Problem ? error.errors[0] : undefined;
  return (
    <div>
      <div className="row wrap g16">
        {children}
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && put.mutate(file)}>
          {(props) => (
            <Button {...props} size="sm" loading={put.isPending}>
              {choose}
            </Button>
          )}
        </FileButton>
        {isSet && (
          <Button size="sm" variant="subtle" loading={taken.isPending} onClick={() => taken.mutate()}>
            {remove}
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
