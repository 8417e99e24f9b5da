import { describe, expect, it } from 'vitest';
import { MODELS } from '../layout/models';
import { layoutRecord } from '../layout/record';
import { type Compiler, TARGET_NAMES, target } from '../layout/target';
import { COMPILERS, compilerFor, differencesFromCompiler } from './compilers';
import { RandomNumbers } from './random-numbers';
import { RandomRecords } from './random-records';

/** The long run, with a new seed every time, is `npm run fuzz:layout`. */
const SEED = 20_250_101;
const COUNT = 60;

const compilers: readonly Compiler[] = ['clang', 'gcc'];
/** Where one compiler alone builds a target's kernels, it stands for both. */
const everyTarget = new Set(compilers.flatMap((compiler) => TARGET_NAMES.map((name) => target(name, compiler))));
const targets = [...everyTarget].filter(({ compiler, name }) => MODELS[name].checkedBy.some((by) => by === compiler));

it('is said of every data model which compilers it was checked by', () => {
  for (const name of TARGET_NAMES)
    expect(
      compilers.filter((compiler) => COMPILERS[compiler][name]),
      name,
    ).toEqual([...MODELS[name].checkedBy].sort());
});

describe(`random records of seed ${SEED}`, () => {
  it.for(targets.map((each) => [each.compiler, each.name, each] as const))(
    'lie where %s for %s puts them',
    { timeout: 30_000 },
    ([compiler, name, each], { skip }) => {
      skip(compilerFor(each) === undefined, `no ${compiler} for ${name} is installed`);
      const generator = new RandomRecords(new RandomNumbers(SEED), each);
      const records = Array.from({ length: COUNT }, () => generator.next());
      expect(differencesFromCompiler(records, each)).toEqual([]);
    },
  );

  it('are exact for either compiler only where both agree', () => {
    const either = target('x86_64', 'either');
    const generator = new RandomRecords(new RandomNumbers(SEED), either);
    let agreed = 0;
    for (let count = 0; count < 1000; count++) {
      const record = generator.next();
      const layout = layoutRecord(record, either);
      if (layout.status === 'unknown') continue;
      agreed++;
      for (const compiler of compilers) {
        const { size, align, fields } = layout;
        expect(layoutRecord(record, target('x86_64', compiler))).toMatchObject({ size, align, fields });
      }
    }
    expect(agreed).toBeGreaterThan(650);
  });
});
