/** What a text's words alone say of the records that it may define. */
import { expect, it } from 'vitest';
import { pastesTag } from './definition-scan';

it.each([
  ['a part in front', '#define RING(name) \\\n struct name##_ring { int a; };', 'tx_ring', true],
  ['a part in front of another name', '#define RING(name) \\\n struct name##_ring { int a; };', 'page', false],
  ['a part behind', '#define DATA(a, call) union data_##call { int a; }', 'data_of_call', true],
  ['parts that no parameter stands for', '#define DATA(call) union data##call { int a; }', 'call', false],
  ['nothing but parameters', '#define ANY(a, b) struct a##b { int x; }', 'whatever', true],
  ['the rest of the arguments', '#define ANY(a, ...) struct a##__VA_ARGS__ { int x; }', 'whatever', true],
  ['no macro at all', 'struct page { int x; };', 'page', false],
])('%s: %j may make %s: %s', (_what, text, name, expected) => {
  expect(pastesTag(text, name)).toBe(expected);
});
