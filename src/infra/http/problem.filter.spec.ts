import { mongo } from 'mongoose';
import { toProblem } from './problem.filter.js';

const labelled = (label: string) => {
  const error = new mongo.MongoServerError({ message: 'stepping down', code: 11_602 });
  error.addErrorLabel(label);
  return error;
};

it.each([
  ['a line that was cut', new mongo.MongoNetworkError('cut')],
  ['an answer that does not come', new mongo.MongoNetworkTimeoutError('late')],
  ['a primary that steps down', labelled('RetryableWriteError')],
  ['a transaction that lost its server', labelled('TransientTransactionError')],
])('given %s, then 503 says to try again', (_what, error) => {
  expect(toProblem(error)).toMatchObject({ status: 503, code: 'unavailable' });
});

it.each([
  ['an index that is broken', new mongo.MongoServerError({ message: 'no', code: 2 })],
  ['a mistake of ours', new TypeError('x is not a function')],
  ['what is no error', 'text'],
])('given %s, then 500', (_what, error) => {
  expect(toProblem(error)).toMatchObject({ status: 500, code: 'internal' });
});
