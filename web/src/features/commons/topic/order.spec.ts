import type { CommonsPost } from '../../../../../src/contracts/commons/commons';
import { inOrder } from './order';

const post = (id: string, over: Partial<CommonsPost> = {}) =>
  ({ id, body: id, hidden: false, isQuestion: false, ...over }) as CommonsPost;
const [question, first, second] = [post('q', { isQuestion: true }), post('a'), post('b')];

it('given an answer, then it stands right behind the question', () => {
  expect(inOrder({ answer: second }, [question, first, second])).toEqual([question, second, first]);
  expect(inOrder({ answer: null }, [question, first, second])).toEqual([question, first, second]);
});

it('given its page of posts has not come, then it is shown as it came with the topic', () => {
  expect(inOrder({ answer: second }, [question, first])).toEqual([question, second, first]);
});

it('given flags hid it since the topic came, then it is shown as the posts say', () => {
  const hidden = post('b', { hidden: true, body: null });
  expect(inOrder({ answer: second }, [question, first, hidden])).toEqual([question, hidden, first]);
});
