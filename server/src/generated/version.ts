/**
 * include/generated/utsrelease.h and include/generated/uapi/linux/version.h, from the first assignments of the top
 * Makefile (VERSION, PATCHLEVEL, SUBLEVEL, EXTRAVERSION), files localversion* of the tree, and CONFIG_LOCALVERSION. What
 * a build adds for the state of a git repository is left out, since git is not asked.
 */
import type { BuildTree, Generator } from './build-tree';
import { fromTable } from './build-tree';
import { kbuildLists } from './kbuild-lists';

export const version: Generator = (tree) =>
  new Map([
    ['include/generated/utsrelease.h', fromTable(tree, 'Makefile', (text) => releaseHeader(tree, text))],
    ['include/generated/uapi/linux/version.h', fromTable(tree, 'Makefile', (text) => versionHeader(numbersOf(text)))],
  ]);

interface VersionNumbers {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly extra: string;
}

function numbersOf(makefile: string): VersionNumbers {
  const lists = kbuildLists(makefile.slice(0, HEAD), new Map());
  const number = (name: string): number => Number(lists.get(name)?.[0] ?? 0);
  const extra = lists.get('EXTRAVERSION')?.[0] ?? '';
  return { major: number('VERSION'), minor: number('PATCHLEVEL'), patch: number('SUBLEVEL'), extra };
}

/** The version stands in the first lines; variables of the same name may come later. */
const HEAD = 1000;

function releaseHeader(tree: BuildTree, makefile: string): string {
  const { major, minor, patch, extra } = numbersOf(makefile);
  const files = tree.list('').filter((name) => name.startsWith('localversion') && !name.includes('~'));
  const local = [...files].sort().map((name) => (tree.read(name) ?? '').replace(/\n+$/, ''));
  const configured = (tree.symbols.get('CONFIG_LOCALVERSION') ?? '').replace(/^"(.*)"$/, '$1');
  return `#define UTS_RELEASE "${major}.${minor}.${patch}${extra}${local.join('')}${configured}"\n`;
}

function versionHeader({ major, minor, patch }: VersionNumbers): string {
  const code = major * 65536 + minor * 256 + Math.min(patch, 255);
  return [
    `#define LINUX_VERSION_CODE ${code}`,
    '#define KERNEL_VERSION(a,b,c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))',
    `#define LINUX_VERSION_MAJOR ${major}`,
    `#define LINUX_VERSION_PATCHLEVEL ${minor}`,
    `#define LINUX_VERSION_SUBLEVEL ${patch}`,
    '',
  ].join('\n');
}
