/**
 * include/generated/utsrelease.h and include/generated/uapi/linux/version.h, from the first assignments of the top
 * Makefile (VERSION, PATCHLEVEL, SUBLEVEL, EXTRAVERSION), files localversion* of the tree, and CONFIG_LOCALVERSION. What
 * a build adds for the state of a git repository is left out, since git is not asked.
 */
import { kernelVersion } from '../kconfig/kernel-kconfig';
import { type BuildTree, fromTable, type Generator } from './build-tree';

export const version: Generator = (tree) =>
  new Map([
    ['include/generated/utsrelease.h', fromTable(tree, 'Makefile', (text) => releaseHeader(tree, kernelVersion(text)))],
    [
      'include/generated/uapi/linux/version.h',
      fromTable(tree, 'Makefile', (text) => versionHeader(kernelVersion(text))),
    ],
  ]);

function releaseHeader(tree: BuildTree, number: string): string {
  const files = tree.list('').filter((name) => name.startsWith('localversion') && !name.includes('~'));
  const local = [...files].sort().map((name) => (tree.read(name) ?? '').replace(/\n+$/, ''));
  const configured = (tree.symbols.get('CONFIG_LOCALVERSION') ?? '').replace(/^"(.*)"$/, '$1');
  return `#define UTS_RELEASE "${number}${local.join('')}${configured}"\n`;
}

function versionHeader(number: string): string {
  const [, major = '0', minor = '0', patch = '0'] = /^(\d+)\.?(\d+)?\.?(\d+)?/.exec(number) ?? [];
  const code = Number(major) * 65536 + Number(minor) * 256 + Math.min(Number(patch), 255);
  return [
    `#define LINUX_VERSION_CODE ${code}`,
    '#define KERNEL_VERSION(a,b,c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))',
    `#define LINUX_VERSION_MAJOR ${major}`,
    `#define LINUX_VERSION_PATCHLEVEL ${minor}`,
    `#define LINUX_VERSION_SUBLEVEL ${patch}`,
    '',
  ].join('\n');
}
