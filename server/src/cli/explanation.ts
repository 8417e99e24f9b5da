/** Prints why a symbol has its value, for people. */
import type { Cause, ExplainedExpression, ExplainedSource, Explanation } from '../kconfig/explain';
import { printable } from './printable';

/** Lists longer than this are cut: some symbols are selected by hundreds. */
const MOST = 12;

/** @param configuration What the values are of: `x86_64 defconfig`. */
export function explanationText(explanation: Explanation, configuration: string): string {
  const { symbol, type, value, isWritten, why } = explanation;
  const quoted = type === 'string' ? JSON.stringify(value) : value;
  const lines = [
    `CONFIG_${symbol}=${quoted}  (${type}, ${configuration}${isWritten ? '' : '; .config has no line for it'})`,
    `  ${why}`,
    ...causeLines(explanation.because, '    '),
  ];
  for (const { file, line, prompt, menus, dependsOn } of explanation.definitions) {
    lines.push('', `defined at ${file}:${line}${prompt === undefined ? ', without a prompt' : `: "${prompt}"`}`);
    if (menus.length > 0) lines.push(`  in ${menus.join(' > ')}`);
    for (const dependency of dependsOn) lines.push(...dependencyLines(dependency));
  }
  const { choice, range } = explanation;
  if (choice) {
    lines.push('', `member of the choice "${choice.prompt}" (${choice.file}:${choice.line}):`);
    for (const [name, state] of Object.entries(choice.members)) lines.push(`  ${name}=${state}`);
  }
  if (range) lines.push('', `range ${range.expression} (${range.file}:${range.line})`);
  section(lines, 'defaults, of which the first that holds counts:', explanation.defaults, describeDefault);
  section(lines, 'selected by:', explanation.selectedBy, describeOther);
  section(lines, 'implied by:', explanation.impliedBy, describeOther);
  section(lines, 'selects:', explanation.selects, describeDefault);
  section(lines, 'implies:', explanation.implies, describeDefault);
  return `${lines.map(printable).join('\n')}\n`;
}

function causeLines(causes: readonly Cause[], margin: string): string[] {
  return causes.flatMap(({ symbol, value, why, because }) => [
    `${margin}${symbol}=${value}: ${why}`,
    ...causeLines(because, `${margin}  `),
  ]);
}

function dependencyLines({ expression, value, symbols, file, line }: ExplainedExpression): string[] {
  const values = Object.entries(symbols).map(([name, state]) => `${name}=${state}`);
  const own = values.length > 1 || values[0] !== `${expression}=${value}` ? `  [${values.join(', ')}]` : '';
  return [`  depends on ${expression} = ${value}  (${file}:${line})${own}`];
}

function section(
  lines: string[],
  title: string,
  sources: readonly ExplainedSource[],
  describe: (source: ExplainedSource) => string,
): void {
  if (sources.length === 0) return;
  lines.push('', title, ...sources.slice(0, MOST).map((source) => `  ${describe(source)}`));
  if (sources.length > MOST) lines.push(`  and ${sources.length - MOST} more, see --format json`);
}

function describeDefault({ gives, condition, holds, file, line }: ExplainedSource): string {
  return `${gives}${condition === undefined ? '' : ` if ${condition}`}: ${holds ? 'holds' : 'does not hold'}  (${file}:${line})`;
}

function describeOther({ symbol, symbolValue, condition, holds, file, line }: ExplainedSource): string {
  const state = holds ? 'takes part' : 'does not take part';
  return `${symbol}=${symbolValue}${condition === undefined ? '' : ` if ${condition}`}: ${state}  (${file}:${line})`;
}
