/**
 * security/selinux/flask.h and av_permissions.h, from the arrays secclass_map (security/selinux/include/classmap.h: a
 * class with its permissions, up to NULL) and initial_sid_to_string (initial_sid_to_string.h in the same folder).
 */
import type { BuildTree, Generator, MadeHeader } from './build-tree';
import { type BraceList, braceList } from './c-tables';
import { guarded } from './system-call-table';

const FOLDER = 'security/selinux';
const CLASSES = `${FOLDER}/include/classmap.h`;
const IDS = `${FOLDER}/include/initial_sid_to_string.h`;

export const selinux: Generator = (tree) =>
  new Map([
    [`${FOLDER}/flask.h`, () => flask(tree)],
    [`${FOLDER}/av_permissions.h`, () => permissions(tree)],
  ]);

interface SecurityClass {
  readonly name: string;
  readonly permissions: readonly string[];
}

function classes(tree: BuildTree): SecurityClass[] | undefined {
  const list = braceList(tree.read(CLASSES) ?? '', 'secclass_map');
  return list?.flatMap((entry): SecurityClass[] => {
    const [name, words] = Array.isArray(entry) ? (entry as BraceList) : [];
    if (typeof name !== 'string') return [];
    const strings = Array.isArray(words) ? (words as BraceList).filter((word) => typeof word === 'string') : [];
    return [{ name: name.toUpperCase(), permissions: strings.map((word) => word.toUpperCase()) }];
  });
}

function missing(table: string): MadeHeader {
  return { unmade: `${table} is not in the tree, or has another form` };
}

function flask(tree: BuildTree): MadeHeader {
  const known = classes(tree);
  const ids = braceList(tree.read(IDS) ?? '', 'initial_sid_to_string');
  if (!known || !ids) return missing(known ? IDS : CLASSES);
  const named = ids.flatMap((id, index) =>
    typeof id === 'string' ? [`#define SECINITSID_${id.toUpperCase()} ${index}`] : [],
  );
  const text = guarded('_SELINUX_FLASK_H_', [
    ...known.map(({ name }, index) => `#define SECCLASS_${name} ${index + 1}`),
    ...named,
    `#define SECINITSID_NUM ${ids.length - 1}`,
    'static inline bool security_is_socket_class(u16 kern_tclass)',
    '{',
    'bool sock = false;',
    'switch (kern_tclass) {',
    ...known.filter(({ name }) => name.endsWith('SOCKET')).map(({ name }) => `case SECCLASS_${name}:`),
    'sock = true;',
    'break;',
    'default:',
    'break;',
    '}',
    'return sock;',
    '}',
  ]);
  return { text };
}

function permissions(tree: BuildTree): MadeHeader {
  const known = classes(tree);
  if (!known) return missing(CLASSES);
  const lines = known.flatMap(({ name, permissions }) =>
    permissions.map((word, bit) => `#define ${name}__${word} 0x${(2 ** bit).toString(16).padStart(8, '0')}U`),
  );
  return { text: guarded('_SELINUX_AV_PERMISSIONS_H_', lines) };
}
