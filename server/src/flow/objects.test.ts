/** Addresses as texts: equal only where the addresses must be. */
import { describe, expect, it } from 'vitest';
import {
  containerOf,
  elementOf,
  firstContent,
  headOf,
  madeBy,
  memberOfObject,
  mentions,
  number,
  pointer,
  sameValue,
  valueText,
} from './objects';

const PAGE = { to: 'p1.0;' };

describe('a place', () => {
  it('is named by members and elements, and found again from a member', () => {
    const member = memberOfObject(memberOfObject(PAGE, 'lru'), 'next');
    expect(member.to).toBe('p1.0;.lru.next');
    expect(containerOf(member, 'lru.next')).toEqual(PAGE);
    expect(containerOf(member, 'lru')).toBeUndefined();
    expect(elementOf(PAGE, '3').to).toBe('p1.0;[3]');
  });

  it('holds what it held at first, in chains of four at most', () => {
    expect(firstContent('v1.0;')).toBe('*(v1.0;)');
    const deepest = ['v1.0;', 1, 2, 3].reduce<string | undefined>((text) => firstContent(text ?? 'v1.0;'), undefined);
    expect(deepest).toBe('*(*(*(*(v1.0;))))');
    expect(firstContent(deepest!)).toBeUndefined();
  });

  it('has one head, however often it is asked for', () => {
    const head = headOf(PAGE);
    expect(head.to).toBe('^(p1.0;)');
    expect(headOf(head)).toEqual(head);
    expect(headOf({ to: head.to })).toEqual(head);
    // Every page of a folio has that folio for its head.
    expect(headOf(elementOf({ to: 'p1.0;', head: 'p1.0;' }, '3')).to).toBe('p1.0;');
  });

  it('stands on the value that made it, if any did', () => {
    expect(madeBy('#5.12.20;.lru')).toBe('#5.12.20;');
    expect(madeBy('v5.1;.lru')).toBeUndefined();
  });
});

describe('a value', () => {
  it('is the same by what it is, whatever is known beside', () => {
    expect(sameValue(pointer('a', 'h'), pointer('a'))).toBe(true);
    expect(sameValue(pointer('a'), pointer('b'))).toBe(false);
    expect(sameValue(number(1), { kind: 'nonzero' })).toBe(false);
    expect(valueText({ kind: 'result', test: 2, object: 'a', negated: true })).toBe('!test2(a)');
  });

  it('mentions an object in its address, its head and its condition', () => {
    expect(mentions(pointer('p1.0;.lru'), 'p1.0;')).toBe(true);
    expect(mentions(pointer('#1.2.3;', 'p1.0;'), 'p1.0;')).toBe(true);
    expect(mentions({ kind: 'condition', key: 'p1.0;->x;', negated: false }, 'p1.0;')).toBe(true);
    expect(mentions(number(1), '1')).toBe(false);
  });
});
