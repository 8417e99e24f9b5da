/**
 * drivers/gpu/drm/xe/generated/xe_NAME_oob.h and .c, from drivers/gpu/drm/xe/xe_NAME_oob.rules: a workaround a line, its name
 * first; a line that begins with a blank adds a rule to the one before it. The header gives each name a number, the source
 * is a row for each.
 */
import { fromTable, type Generator } from './build-tree';
import { guarded } from './system-call-table';

const FOLDER = 'drivers/gpu/drm/xe';

export const xeWorkarounds: Generator = (tree) =>
  new Map(
    tree
      .list(FOLDER)
      .filter((name) => name.endsWith('_oob.rules'))
      .flatMap((name) => {
        const stem = name.slice(0, -'.rules'.length);
        const made = (ending: string, lines: (text: string) => string) =>
          [`${FOLDER}/generated/${stem}${ending}`, fromTable(tree, `${FOLDER}/${name}`, lines)] as const;
        return [made('.h', (text) => header(stem, text)), made('.c', rows)];
      }),
  );

/** The rows of an array that includes them. */
function rows(text: string): string {
  const open: string[] = [];
  for (const line of text.split('\n')) {
    const rule = line.trim();
    if (rule === '' || line.startsWith('#')) continue;
    if (/^\s/.test(line)) open[open.length - 1] += `, OR,\n\t${rule}`;
    else {
      const [name] = rule.split(/\s/, 1);
      open.push(`{ XE_RTP_NAME("${name}"),\n  XE_RTP_RULES(${rule.slice(name.length).trim()}`);
    }
  }
  return open.map((row) => `${row}) },\n`).join('');
}

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
