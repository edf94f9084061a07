import type { PostVersion } from '../../../../../src/contracts/forum-posts';
import classes from './PostHistory.module.css';

/** The files that came and went with a change. */
export function FileChanges({ before, after }: Record<'before' | 'after', PostVersion['attachments']>) {
  const without = (files: PostVersion['attachments'], others: PostVersion['attachments']) =>
    files.filter(({ id }) => !others.some((one) => one.id === id));
  const link = ({ url, name }: PostVersion['attachments'][number]) => (
    <a className="link" href={url} target="_blank" rel="noreferrer">
      <bdi>{name}</bdi>
    </a>
  );
  const [gone, come] = [without(before, after), without(after, before)];
  if (gone.length + come.length === 0) return null;
  return (
    <ul className={classes.files}>
      {gone.map((file) => (
        <li key={file.id}>
          <del>{link(file)}</del>
        </li>
      ))}
      {come.map((file) => (
        <li key={file.id}>
          <ins>{link(file)}</ins>
        </li>
      ))}
    </ul>
  );
}
