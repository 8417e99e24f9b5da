/**
 * drivers/gpu/drm/xe/generated/xe_NAME_oob.h, from drivers/gpu/drm/xe/xe_NAME_oob.rules: a workaround a line, its name
 * first; a line that begins with a blank adds a rule to the one before it. A header gives each name a number.
 */
import { fromTable, type Generator } from './build-tree';
import { guarded } from './system-call-table';

const FOLDER = 'drivers/gpu/drm/xe';

export const xeWorkarounds: Generator = (tree) =>
  new Map(
    tree
      .list(FOLDER)
      .filter((name) => name.endsWith('_oob.rules'))
      .map((name) => {
        const stem = name.slice(0, -'.rules'.length);
        return [`${FOLDER}/generated/${stem}.h`, fromTable(tree, `${FOLDER}/${name}`, (text) => header(stem, text))];
      }),
  );

function header(stem: string, rules: string): string {
  const prefix = stem.toUpperCase();
  const names = rules
    .split('\n')
    .filter((line) => /^[^\s#]/.test(line))
    .map((line) => line.split(/\s/)[0]);
  return guarded(`_GENERATED_${prefix}_`, [
    'enum {',
    ...names.map((name, index) => `\t${prefix}_${name} = ${index},`),
    `\t_${prefix}_COUNT = ${names.length}`,
    '};',
  ]);
}
