/** Judges the rule by the corpus: silent on the originals, and on a mutant wherever running it breaks the typestate. */
import { LINES_ABOVE, type Parsed, parse, prepared, reportedLines } from './corpus';
import { breaches, contractOf } from './explore';
import { type Mutant, mutantsOf } from './mutants';

interface Verdict {
  readonly file: string;
  readonly mutant: Mutant;
  readonly verdict: 'found' | 'missed' | 'misplaced' | 'equivalent' | 'false alarm';
  /** Why a mutant is equivalent, or what was missed. */
  readonly why: string;
}

interface Judgement {
  /** Non-static functions: those that are run from outside. */
  readonly roots: number;
  readonly functions: number;
  /** Lines reported in originals: each one is a failure. */
  readonly onOriginals: readonly string[];
  /** Originals that break the typestate from every entry: mistakes in the corpus. */
  readonly brokenOriginals: readonly string[];
  readonly verdicts: readonly Verdict[];
}

export function judge(file: string, source: string, only: (mutant: Mutant) => boolean = () => true): Judgement {
  const original = parse(prepared(source));
  const roots = [...original.functions].filter(([, { isRoot }]) => isRoot).map(([name]) => name);
  const contracts = new Map(roots.map((name) => [name, contractOf(original, name)]));
  return {
    roots: roots.length,
    functions: original.functions.size,
    onOriginals: reportedLines(original.text).map((line) => `${file}: ${lineText(original.text, line)}`),
    brokenOriginals: roots.filter((name) => contracts.get(name)?.size === 0),
    verdicts: mutantsOf(original)
      .filter(only)
      .map((mutant) => judgeMutant(file, mutant, contracts)),
  };
}

function judgeMutant(file: string, mutant: Mutant, contracts: ReadonlyMap<string, ReadonlySet<string>>): Verdict {
  const code: Parsed = parse(mutant.text);
  const broken = [...contracts].flatMap(([name, contract]) => breaches(code, name, contract));
  const reported = reportedLines(mutant.text);
  const where = [...new Set(broken)].map((line) => lineText(mutant.text, line)).join(' | ');
  if (broken.length === 0) {
    if (reported.length === 0) return { file, mutant, verdict: 'equivalent', why: whyEquivalent(mutant) };
    const why = reported.map((line) => lineText(mutant.text, line)).join(' | ');
    return { file, mutant, verdict: 'false alarm', why };
  }
  if (reported.length === 0) return { file, mutant, verdict: 'missed', why: where };
  const isPlaced = reported.some((line) => broken.includes(line));
  return { file, mutant, verdict: isPlaced ? 'found' : 'misplaced', why: where };
}

/** No run from an entry that the original may count on breaks the typestate; why that is so goes by what was changed. */
function whyEquivalent({ kind, was }: Mutant): string {
  if (kind === 'swap') return 'the two may stand in either order: neither asks for the state that the other leaves';
  if (kind === 'wrong branch') return 'either way keeps to the typestate, or the function is left at once';
  if (/set_owner_ops|^own\(/.test(was)) return 'nothing after it asks for owner_ops: the folio just has no owner';
  if (/clear_owner_ops|disown/.test(was)) return 'nothing after it uses lru on a way on which owner_ops is set';
  return 'the list is not the typestate: nothing after it sets owner_ops while the folio is on one';
}

function lineText(text: string, line: number): string {
  return `${line - LINES_ABOVE}: ${(text.split('\n')[line - 1] ?? '').trim()}`;
}
