/** Questions to toolchains: one form whatever kernel asks, and answers from measured data. */
import { describe, expect, it } from 'vitest';
import table from '../packs/toolchains.json';
import { answerByWords, questionOf } from './questions';
import { defaultCompiler, Toolchain, type ToolchainTable } from './toolchain';

/** As scripts/Kconfig.include expands `$(success,…)`. */
const success = (command: string) => `{ ${command}; } >/dev/null 2>&1 && echo "y" || echo "n"`;

describe('a question', () => {
  it.each([
    [
      'trap "rm -rf .tmp_$$" EXIT; mkdir .tmp_$$; $CC -Werror $CLANG_FLAGS -fno-x  -c -x c /dev/null -o .tmp_$$/tmp.o',
      'cc-option -fno-x',
    ],
    // Linux 5.x.
    ['$CC -Werror $CLANG_FLAGS -fno-x -S -x c /dev/null -o /dev/null', 'cc-option -fno-x'],
    ['$LD -v --relr', 'ld-option --relr'],
    [
      'printf "%b\\n" "tpause %ecx" | $CC $CLANG_FLAGS  -Wa,--fatal-warnings -c -x assembler-with-cpp -o /dev/null -',
      'as-instr tpause %ecx',
    ],
    [
      'printf "%b\\n" "wruss" | $CC $CLANG_FLAGS -m64 -Wa,--fatal-warnings -c -x assembler-with-cpp -o /dev/null -',
      'as-instr -m64 wruss',
    ],
    // Linux 6.1.
    ['printf "%b\\n" "endbr64" | $CC $CLANG_FLAGS  -c -x assembler-with-cpp -o /dev/null -', 'as-instr endbr64'],
    ['command -v $CC', 'command -v $CC'],
  ])('%s', (command, asked) => {
    expect(questionOf(success(command))).toEqual({ kind: 'succeeds', asked, yes: 'y', no: 'n' });
  });

  it.each([
    [success('test "GCC" = GCC'), 'y'],
    [success('test "Clang" = GCC'), 'n'],
    [success('test -z ""'), 'y'],
    ['set -- GCC 120200 && echo $2', '120200'],
    ['set --  && echo $1', ''],
    [success('test "$(reboot)" = ""'), undefined],
  ])('%s is answered by its words', (command, answer) => {
    expect(answerByWords(questionOf(command))).toBe(answer);
  });
});

describe('a toolchain', () => {
  const TABLE: ToolchainTable = table;

  it('answers what was measured, and takes the rest as no', () => {
    const gcc = Toolchain.find(TABLE, 'gcc-12', 'x86_64')!;
    const ask = (option: string) => success(`$CC -Werror $CLANG_FLAGS ${option} -c -x c /dev/null -o x`);
    expect(gcc.shell(ask('-fcf-protection=branch -mindirect-branch-register'))).toBe('y');
    expect(gcc.shell(ask('-fsanitize=kernel-memory'))).toBe('n');
    expect([...gcc.unanswered]).toEqual([]);
    expect(gcc.shell(ask('-fnever-heard-of'))).toBe('n');
    expect(gcc.shell('whoami')).toBe('');
    expect([...gcc.unanswered]).toEqual(['cc-option -fnever-heard-of', 'whoami']);
  });

  it('is the newest gcc where none is named', () => {
    expect(defaultCompiler(TABLE)).toMatch(/^gcc-1[4-9]$/);
    expect(Toolchain.names(TABLE)).toEqual(expect.arrayContaining(['gcc-12', 'clang-14', 'clang-19']));
    expect(Toolchain.find(TABLE, 'tcc', 'x86_64')).toBeUndefined();
  });

  it('has one column for each compiler and architecture, and each pattern has them all', () => {
    for (const pattern of Object.keys(TABLE.succeeds)) expect(pattern).toHaveLength(TABLE.columns.length);
    for (const { of, texts } of Object.values(TABLE.prints)) {
      expect(of).toHaveLength(TABLE.columns.length);
      expect(of.replaceAll('.', '')).not.toBe('');
      expect(texts.length).toBeLessThan(36);
    }
  });
});
