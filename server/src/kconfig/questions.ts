/**
 * What `$(shell,…)` asks, in a form that all kernels share: a command is recognized as "does the compiler take this
 * option?", whatever files the kernel's macro puts its output into.
 */

export type Question =
  /** Whether a command succeeds; one of two texts is printed. */
  | { readonly kind: 'succeeds'; readonly asked: string; readonly yes: string; readonly no: string }
  /** What a command prints. */
  | { readonly kind: 'prints'; readonly asked: string };

/** Macros of kernels, as they look once they are expanded; the groups are what differs from question to question. */
const FORMS: readonly (readonly [form: RegExp, name: string])[] = [
  [
    /^(?:trap "rm -rf \S+" EXIT; mkdir \S+; )?\$CC -Werror \$CLANG_FLAGS (.*) -[cS] -x c \/dev\/null -o \S+$/,
    'cc-option',
  ],
  [/^\$CC -Werror (.*) -E -x c \/dev\/null -o \/dev\/null$/, 'cc-option-bit'],
  [/^\$LD -v (.*)$/, 'ld-option'],
  [
    /^printf "%b\\n" "(.*)" \| \$CC \$CLANG_FLAGS (.*?) ?(?:-Wa,--fatal-warnings )?-c -x assembler-with-cpp -o \/dev\/null -$/,
    'as-instr',
  ],
  [/^(?:trap "rm -rf \S+" EXIT; mkdir \S+; )?\$RUSTC (.*) --crate-type=rlib \/dev\/null .*$/, 'rustc-option'],
];

const CONDITION = /^\{ ([\s\S]*); \} >\/dev\/null 2>&1 && echo "([^"]*)" \|\| echo "([^"]*)"$/;

/** @param command The expanded command, where tools stand as `$CC`, `$LD` and so on. */
export function questionOf(command: string): Question {
  const condition = CONDITION.exec(command);
  if (!condition) return { kind: 'prints', asked: spaced(command) };
  return { kind: 'succeeds', asked: normalForm(spaced(condition[1])), yes: condition[2], no: condition[3] };
}

/** One space where several stand: an argument was empty. */
function spaced(command: string): string {
  return command.replace(/[ \t]+/g, ' ').trim();
}

function normalForm(command: string): string {
  for (const [form, name] of FORMS) {
    const match = form.exec(command);
    if (match)
      return [
        name,
        ...match
          .slice(1)
          .filter((part) => part !== '')
          .reverse(),
      ]
        .join(' ')
        .trim();
  }
  return command;
}

/** What can be answered by looking at the words alone: `test "GCC" = GCC`, `set -- GCC 120200 && echo $1`. */
export function answerByWords(question: Question): string | undefined {
  if (question.kind === 'prints') {
    const chosen = /^set -- ([\w. -]*) ?&& echo \$(\d)$/.exec(question.asked);
    return chosen ? (chosen[1].split(' ').filter(Boolean)[Number(chosen[2]) - 1] ?? '') : undefined;
  }
  const compared = /^test "([^"$`\\]*)" (!?=) "?([^"$`\\ ]*)"?$/.exec(question.asked);
  if (compared) return (compared[1] === compared[3]) === (compared[2] === '=') ? question.yes : question.no;
  const measured = /^test -([zn]) "([^"$`\\]*)"$/.exec(question.asked);
  if (measured) return (measured[2] === '') === (measured[1] === 'z') ? question.yes : question.no;
  return undefined;
}
