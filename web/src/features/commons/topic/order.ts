import type { CommonsPost, CommonsTopic } from '../../../../../src/contracts/commons/commons';

/** The posts of a topic with its answer right behind the question: as it came with the posts, which are asked for again; flags may have hidden it since the topic came. */
export function inOrder({ answer }: Pick<CommonsTopic, 'answer'>, posts: readonly CommonsPost[]): CommonsPost[] {
  if (!answer) return [...posts];
  const isBefore = ({ isQuestion }: CommonsPost) => isQuestion;
  const others = posts.filter(({ id }) => id !== answer.id);
  const shown = posts.find(({ id }) => id === answer.id) ?? answer;
  return [...others.filter(isBefore), shown, ...others.filter((post) => !isBefore(post))];
}

/** Whether an address names a post (`post-<id>`). */
export const isPostAddress = (hash: string): boolean => /^post-[0-9a-f]{24}$/.test(hash);
