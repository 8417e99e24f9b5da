/** Reads from arch/…/Makefile which configuration is an architecture's default, and which ones are put together. */
import type { BuildArchitecture } from './architecture';

interface MergedConfig {
  readonly base: string;
  /** Files below arch/…/configs that are laid over it, in order. */
  readonly fragments: readonly string[];
}

/** The name of the default configuration, KBUILD_DEFCONFIG: `x86_64_defconfig`. */
export function defaultConfigName(makefile: string, arch: BuildArchitecture): string {
  return variablesOf(makefile, arch).get('KBUILD_DEFCONFIG')?.trim() || 'defconfig';
}

/** What a target of the Makefile puts together; undefined where it is no such target. */
export function mergedConfig(makefile: string, name: string): MergedConfig | undefined {
  const rule = new RegExp(`^${literal(name)}:(.*)\\n((?:\\t.*\\n?)*)`, 'm').exec(makefile.replace(/\\\n[ \t]*/g, ' '));
  if (!rule) return undefined;
  const merge = /\$\(call merge_into_defconfig(?:_override)?,([^,()]*),([^()]*)\)/.exec(rule[2]);
  if (merge)
    return {
      base: merge[1].trim(),
      fragments: merge[2]
        .split(/\s+/)
        .filter(Boolean)
        .map((part) => `${part}.config`),
    };
  // A target that only stands for another one.
  const other = rule[2] === '' ? rule[1].trim() : '';
  return /^\w+_defconfig$/.test(other) && other !== name ? mergedConfig(makefile, other) : undefined;
}

/** Variables that are set outside any recipe, where conditions on ARCH and its like decide. Nothing is run. */
function variablesOf(makefile: string, arch: BuildArchitecture): Map<string, string> {
  const variables = new Map([
    ['ARCH', arch.name],
    ['SRCARCH', arch.folder],
    ['SUBARCH', 'x86'],
  ]);
  /** Of each condition around: whether it holds, and whether a branch of it held before. */
  const conditions: { holds: boolean; decided: boolean }[] = [];
  for (const line of makefile.replace(/\\\n[ \t]*/g, ' ').split('\n')) {
    const text = line.trim();
    const branch = /^else(?:\s+(if.*))?$/.exec(text);
    if (/^if(?:n?eq|n?def)\b/.test(text)) {
      const holds = conditionHolds(text, variables);
      conditions.push({ holds, decided: holds });
    } else if (branch && conditions.length > 0) {
      const condition = conditions[conditions.length - 1];
      condition.holds = !condition.decided && (branch[1] === undefined || conditionHolds(branch[1], variables));
      condition.decided ||= condition.holds;
    } else if (text === 'endif') conditions.pop();
    else if (!line.startsWith('\t\t') && conditions.every(({ holds }) => holds)) {
      const assignment = /^(?:export\s+)?(\w+)\s*[:?]?=\s*(.*)$/.exec(text);
      if (assignment) variables.set(assignment[1], expand(assignment[2].replace(/\s+#.*/, ''), variables));
    }
  }
  return variables;
}

function conditionHolds(text: string, variables: ReadonlyMap<string, string>): boolean {
  const defined = /^ifn?def\s+(\w+)/.exec(text);
  if (defined) return ((variables.get(defined[1]) ?? '') !== '') === text.startsWith('ifdef');
  const open = text.indexOf('(');
  const sides = splitArguments(text.slice(open + 1, text.lastIndexOf(')')));
  const [left, right] = [0, 1].map((index) => expand(sides[index] ?? '', variables).trim());
  return (left === right) === text.startsWith('ifeq');
}

/** Expands variables, `$(if …)` and `$(filter …)`; all else is empty. */
function expand(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  if (depth > DEEPEST) return '';
  let expanded = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '$' || text[at + 1] !== '(') {
      expanded += text[at];
      continue;
    }
    const end = closing(text, at + 1);
    expanded += reference(text.slice(at + 2, end), variables, depth + 1);
    at = end;
  }
  return expanded;
}

const DEEPEST = 30;

function reference(inner: string, variables: ReadonlyMap<string, string>, depth: number): string {
  // Which machine builds counts for a few defaults: they are those of the most common one.
  if (/^shell\s+uname -m\b/.test(inner)) return 'x86_64';
  const call = /^(if|filter)\s+([\s\S]*)$/.exec(inner);
  if (!call) return /^\w+$/.test(inner) ? (variables.get(inner) ?? '') : '';
  const parts = splitArguments(call[2]).map((part) => expand(part, variables, depth));
  if (call[1] === 'if') return parts[0].trim() !== '' ? (parts[1] ?? '') : (parts[2] ?? '');
  const patterns = parts[0].split(/\s+/).filter(Boolean);
  const fits = (word: string): boolean =>
    patterns.some((pattern) => new RegExp(`^${pattern.split('%').map(literal).join('.*')}$`).test(word));
  return (parts[1] ?? '').split(/\s+/).filter(fits).join(' ');
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}

function splitArguments(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    else if (character === ')') depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
