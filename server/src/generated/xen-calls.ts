/**
 * arch/x86/include/generated/asm/xen-hypercalls.h, from the macros __HYPERVISOR_name of include/xen/interface/xen*.h:
 * a HYPERCALL() for each number that has a name of its own. A macro whose value is another one counts for that one.
 */
import { type BuildTree, type Generator, isOn, type MadeHeader } from './build-tree';
import { withoutComments } from './c-tables';

const FOLDER = 'include/xen/interface';

export const xenCalls: Generator = (tree) =>
  tree.arch.folder === 'x86' && isOn(tree, 'XEN')
    ? new Map([['arch/x86/include/generated/asm/xen-hypercalls.h', () => header(tree)]])
    : new Map();

function header(tree: BuildTree): MadeHeader {
  const files = tree.list(FOLDER).filter((name) => /^xen.*\.h$/.test(name));
  if (files.length === 0) return { unmade: `${FOLDER}/xen*.h is not in the tree` };
  /** By value: a number, or the name of another macro. */
  const names = new Map<string, string>();
  for (const file of [...files].sort())
    for (const [, name, value] of withoutComments(tree.read(`${FOLDER}/${file}`) ?? '').matchAll(
      /^#define[ \t]+(__HYPERVISOR_[a-z]\w*)[ \t]+(\S+)/gm,
    ))
      names.set(value, name);
  const own = [...names.values()].filter((name) => !names.has(name));
  const calls = own.map((name) => `HYPERCALL(${name.slice('__HYPERVISOR_'.length)})\n`);
  return { text: [...new Set(calls)].sort().join('') };
}
