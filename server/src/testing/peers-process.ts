/** Reads C that others wrote as the linter reads it, and asks compilers whether they agree: `npm run test:peers`. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { assertsOf } from '../facts/asserts';
import { Closures } from '../facts/closures';
import { contextOfText, surveyedIn } from '../facts/context';
import { flatten } from '../facts/overlay';
import type { ExactLayout, RecordLayout } from '../layout/record';
import { type Compiler, target } from '../layout/target';
import { shippedFacts } from '../packs/facts';
import { PreprocessedTree } from '../preprocessor/tree';
import { lineAt, lineStarts } from '../text/text';
import { isUnknownValue } from '../types/model';

export interface PeerCounts {
  exact: number;
  unknown: number;
  wrong: number;
  /** Records that the compiler can't be asked about, as their names are not seen at the file's end. */
  unasked: number;
  held: number;
  broken: number;
  undecided: number;
  /** Asserts of which we say what the compiler does not. */
  misjudged: number;
  /** Files that the compiler does not take. */
  refused: number;
}

interface Peers {
  readonly compiler: Compiler;
  readonly command: readonly string[];
  /** A folder for what is compiled. */
  readonly scratch: string;
  readonly say: (line: string) => void;
}

const QUESTIONS = 'questions.h';
const CONFIG: Readonly<Record<string, string>> = {
  gcc: 'CONFIG_CC_IS_GCC=y\nCONFIG_GCC_VERSION=120200\n',
  clang: 'CONFIG_CC_IS_CLANG=y\nCONFIG_CLANG_VERSION=190107\n',
};

export class PeerChecks {
  readonly counts: PeerCounts = {
    ...{ exact: 0, unknown: 0, wrong: 0, unasked: 0 },
    ...{ held: 0, broken: 0, undecided: 0, misjudged: 0, refused: 0 },
  };

  /** How many layouts are unknown for which reason. */
  readonly reasons = new Map<string, number>();

  constructor(private readonly given: Peers) {}

  /** Judges one file that includes nothing. */
  judge(name: string, text: string): void {
    const { counts } = this;
    const { layouts, asserts } = this.read(text);
    const questions = layouts.flatMap((layout, index) =>
      layout.status === 'exact' ? questionsOf(layout).map((question) => ({ index, question })) : [],
    );
    const asked = questions.map(({ question }, index) => `#line ${index + 1} "${QUESTIONS}"\n${question}\n`).join('');
    const said = this.compile(`${text}\n#pragma pack()\n${asked}`);
    const own = said.filter(({ file }) => file !== QUESTIONS);
    if (own.some(({ message }) => !/static assertion failed|static_assert failed/i.test(message))) {
      counts.refused++;
      return;
    }
    for (const [index, layout] of layouts.entries()) {
      if (layout.status === 'unknown') {
        counts.unknown++;
        const reason = layout.reason.replace(/^(?:member [^:]*: |(?:struct|union) \w+: )+/, '');
        this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
        continue;
      }
      const errors = said.filter(({ file, line }) => file === QUESTIONS && questions[line - 1]?.index === index);
      const failed = errors.filter(({ message }) => /static/i.test(message));
      if (failed.length < errors.length) counts.unasked++;
      else if (failed.length === 0) counts.exact++;
      else {
        counts.wrong++;
        this.given.say(`wrong: ${name}: not so: ${failed.map(({ line }) => questions[line - 1].question).join(' ')}`);
      }
    }
    const broken = new Set(own.map(({ line }) => line));
    for (const { line, holds } of asserts) {
      if (holds === undefined) counts.undecided++;
      else if (holds === broken.has(line)) {
        counts.misjudged++;
        this.given.say(
          `misjudged: ${name}:${line}: it ${holds ? 'fails' : 'holds'}: ${text.split('\n')[line - 1].trim()}`,
        );
      } else if (holds) counts.held++;
      else counts.broken++;
    }
  }

  private read(text: string): { layouts: RecordLayout[]; asserts: { line: number; holds: boolean | undefined }[] } {
    const { compiler } = this.given;
    const texts = new Map([
      ['/k/.config', CONFIG[compiler]],
      ['/k/include/linux/kconfig.h', '#include <generated/autoconf.h>\n'],
    ]);
    const reader = { read: (file: string) => texts.get(file), exists: (file: string) => texts.has(file) };
    const model = target('x86_64', compiler);
    const tree = new PreprocessedTree({ kernel: '/k', build: '/k', arch: 'x86', target: 'x86_64', reader });
    const file = '/k/drivers/misc/peer.c';
    const context = contextOfText(tree, model, file, text);
    const found = surveyedIn(context, new Closures(context.unit, tree), model, new Set([file]));
    const starts = lineStarts(text);
    const asserts = assertsOf(context.globals, file, shippedFacts.buildBugs).map(({ place, verdict }) => ({
      line: lineAt(starts, place.start) + 1,
      holds: isUnknownValue(verdict) ? undefined : verdict === 'holds',
    }));
    const tags = found.map(({ record }) => `${record.kind} ${record.tag}`);
    // A tag that means two records in one file can't be asked about at its end.
    const layouts = found.flatMap(({ layout }, index) =>
      tags.indexOf(tags[index]) === tags.lastIndexOf(tags[index]) ? layout : [],
    );
    return { layouts, asserts };
  }

  private compile(text: string): { file: string; line: number; message: string }[] {
    const { command, scratch } = this.given;
    const file = path.join(scratch, 'peer.c');
    fs.writeFileSync(file, text, 'latin1');
    const limit = command[0].includes('clang') ? '-ferror-limit=0' : '-fmax-errors=0';
    // Kernels are built without vectors of the processor, and tests ask for them.
    const flags = [
      '-std=gnu11',
      '-mno-mmx',
      '-mno-sse',
      '-w',
      '-funsigned-char',
      '-fsyntax-only',
      limit,
      '-fno-diagnostics-color',
      file,
    ];
    const { stderr } = spawnSync(command[0], [...command.slice(1), ...flags], {
      encoding: 'latin1',
      maxBuffer: 1 << 28,
    });
    return [...stderr.matchAll(/^([^:\n]+):(\d+):(?:\d+:)? (?:fatal )?error: (.*)$/gm)].map(
      ([, where, line, message]) => ({
        ...{ file: path.basename(where), line: Number(line), message },
      }),
    );
  }
}

/** What a layout says, as asserts. */
function questionsOf(layout: ExactLayout): string[] {
  const { kind, tag } = layout.record;
  const name = `${kind} ${tag}`;
  return [
    `_Static_assert(sizeof(${name}) == ${layout.size}, "");`,
    `_Static_assert(__alignof__(${name}) == ${layout.align}, "");`,
    ...flatten(layout).flatMap((member) =>
      member.isBitField || !member.name
        ? []
        : [`_Static_assert(__builtin_offsetof(${name}, ${member.name}) == ${member.offsetBits / 8}, "");`],
    ),
  ];
}
