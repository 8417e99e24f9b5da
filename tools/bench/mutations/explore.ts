/** Runs a function every way it can go, and says which ways break the typestate, and where. */
import type { Parsed } from './corpus';
import { Abandoned, Breach } from './endings';
import { Interpreter } from './interpreter';

interface Run {
  /** The states that the arguments came in. */
  readonly entry: string;
  /** The line of the breach; undefined where there was none. */
  readonly breach: number | undefined;
}

/** So many ways through one function are enough: the corpus is small. */
const MOST_RUNS = 4000;

function explore(code: Parsed, name: string): Run[] {
  const runs: Run[] = [];
  const waiting: number[][] = [[]];
  for (let script = waiting.pop(); script && runs.length < MOST_RUNS; script = waiting.pop()) {
    const taken: number[] = [];
    const plan = script;
    const interpreter = new Interpreter(code, (count) => {
      const isPlanned = taken.length < plan.length;
      const chosen = isPlanned ? plan[taken.length] : 0;
      if (!isPlanned) for (let other = 1; other < count; other++) waiting.push([...taken, other]);
      taken.push(chosen);
      return chosen;
    });
    const parameters = code.function(name)?.declaration.parameters ?? [];
    const given = parameters.map((parameter) => interpreter.unknown(parameter.type, parameter.name));
    const entry = taken.join();
    runs.push({ entry, breach: breachOf(() => interpreter.run(name, given)) });
  }
  return runs;
}

function breachOf(run: () => void): number | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof Breach) return error.line;
    if (error instanceof Abandoned) return undefined;
    throw error;
  }
}

/** The entries from which a function, as its author wrote it, keeps to the typestate: what it may count on. */
export function contractOf(code: Parsed, name: string): ReadonlySet<string> {
  const runs = explore(code, name);
  const broken = new Set(runs.filter((run) => run.breach !== undefined).map((run) => run.entry));
  return new Set(runs.map((run) => run.entry).filter((entry) => !broken.has(entry)));
}

/** Where a changed function breaks the typestate though it is called as the original may be: the line of each breach. */
export function breaches(code: Parsed, name: string, contract: ReadonlySet<string>): number[] {
  return explore(code, name).flatMap((run) =>
    run.breach !== undefined && contract.has(run.entry) ? [run.breach] : [],
  );
}
