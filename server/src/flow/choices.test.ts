/** Every way in which steps may come out, each once. */
import { describe, expect, it } from 'vitest';
import { allOutcomes } from './choices';

describe('outcomes', () => {
  it('are all combinations of what was picked, each once', () => {
    const { outcomes, complete } = allOutcomes((choices) => `${choices.pick(2)}${choices.pick(3)}`);
    expect([...outcomes].sort()).toEqual(['00', '01', '02', '10', '11', '12']);
    expect(complete).toBe(true);
  });

  it('may rest on what was picked before', () => {
    const { outcomes } = allOutcomes((choices) => (choices.pick(2) === 0 ? 'no' : `yes ${choices.pick(2)}`));
    expect([...outcomes].sort()).toEqual(['no', 'yes 0', 'yes 1']);
  });

  it('are one where nothing is picked', () => {
    expect(allOutcomes(() => 'only')).toEqual({ outcomes: ['only'], complete: true });
  });

  it('are cut, and say so, where there are more than 32', () => {
    const picks = (count: number) =>
      allOutcomes((choices) => Array.from({ length: count }, () => choices.pick(2)).join(''));
    expect(picks(5)).toMatchObject({ complete: true });
    const { outcomes, complete } = picks(6);
    expect([outcomes.length, complete]).toEqual([32, false]);
  });
});
