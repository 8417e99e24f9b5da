/** What is read of an object that is no JSON. */
import { expect, it } from 'vitest';
import { readBroken } from './broken-json';

it.each([
  ['{ "a": 1, "b": }', { a: 1 }, /value of "b"/],
  ['{ "a": , "b": [1, "x,}"] }', { b: [1, 'x,}'] }, /value of "a"/],
  ['{ "a": "half\n "b": true }', { b: true }, /value of "a"/],
  ['{ "a": 1\n "b": 2 }', { a: 1, b: 2 }, /comma or a bracket/],
  ['{ "a": 1, }', { a: 1 }, /comma or a bracket/],
  ['{ // said\n "a": { "b": 2 }', { a: { b: 2 } }, /comma or a bracket/],
  ['{ "a"\n "b": 2 }', { b: 2 }, /colon behind "a"/],
  ['{ a: 1\n "b": 2 }', { b: 2 }, /name in quotation marks/],
  ['', {}, /holds no/],
])('%s', (text, value, problem) => {
  const found = readBroken(text);
  expect(found.value).toEqual(value);
  expect(found.problem).toMatch(problem);
});
