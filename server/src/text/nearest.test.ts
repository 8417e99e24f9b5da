import { expect, it } from 'vitest';
import { nearest } from './nearest';

it('is the name that takes the fewest letters to become the given one', () => {
  expect(nearest('pge', ['page', 'folio', 'pipe'])).toBe('page');
  expect(nearest('FOLIO', ['folio'])).toBe('folio');
});

it('of several as near is the one with more of its letters in order', () => {
  expect(nearest('pgee', ['pipe', 'page'])).toBe('page');
  expect(nearest('pgee', ['page', 'pipe'])).toBe('page');
});

it('is none where all are far', () => {
  expect(nearest('page', ['request_queue', 'sk_buff'])).toBeUndefined();
});
