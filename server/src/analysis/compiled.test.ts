/** Findings in code that is not compiled: none where no configuration compiles it, else with the option that it needs. */
import { expect, it } from 'vitest';
import { check, findingsIn } from '../testing/check';

const PREFIX = `
//- /include/linux/mm_types.h +page +folio
//- /include/linux/mmzone.h +page_pgmap



void use(void *value);`;

it.each([
  ['#if 0', '#endif'],
  ['#if 1\n#else', '#endif'],
  ['#if 1\n#elif defined(CONFIG_OTHER)', '#endif'],
  ['#if (2 > 3)', '#else\n#endif'],
  ['#ifdef __ASSEMBLY__', '#endif'],
  ['#ifndef __ASSEMBLY__\n#else', '#endif'],
  ['#if defined(__ASSEMBLER__)', '#endif'],
  ['#ifndef __KERNEL__', '#endif'],
  ['#if 0\n#ifdef CONFIG_OTHER', '#endif\n#endif'],
  ['#ifdef CONFIG_OTHER\n#if 0', '#endif\n#endif'],
  ['#if 0 && OTHER', '#endif'],
  ['#if !1', '#endif'],
  ['#if (0)', '#endif'],
  ['#if !(1 || OTHER)', '#endif'],
  ['#if 1 || OTHER\n#else', '#endif'],
  ['#if IS_ENABLED(CONFIG_OTHER) && 0', '#endif'],
  ['#if IS_ENABLED(CONFIG_OTHER) && defined(__ASSEMBLY__)', '#endif'],
  ['#if defined(__ASSEMBLER__) || 0', '#endif'],
  ['#if !defined(__KERNEL__) && CONFIG_OTHER > 3', '#endif'],
  ['#if defined __ASSEMBLY__ && (OTHER + 1) > 2', '#endif'],
  ['#if __ASSEMBLY__', '#endif'],
  ['#ifdef CONFIG_OTHER\n#elif 0', '#endif'],
  ['#ifdef CONFIG_OTHER\n#elif 1\n#else', '#endif'],
  ['#ifdef __KERNEL__\n#elif defined(CONFIG_OTHER)', '#endif'],
  ['#if 0\n#else\n#if 1\n#else', '#endif\n#endif'],
])('is silent between %j and %j', (before, after) => {
  check(`${PREFIX}\n${before}\nvoid f(struct page *page) { use(page->pgmap); }   // ok\n${after}\n`);
});

it.each([
  ['#ifdef CONFIG_OTHER', 'with CONFIG_OTHER'],
  ['#if defined(CONFIG_OTHER) && defined(CONFIG_MORE)', 'with CONFIG_OTHER, CONFIG_MORE'],
  ['#if IS_ENABLED(CONFIG_OTHER)', 'with CONFIG_OTHER'],
  ['#if 1 && defined(CONFIG_OTHER)', 'with CONFIG_OTHER'],
  ['#if 0 || CONFIG_OTHER > 3', 'with CONFIG_OTHER'],
  ['#if defined(__KERNEL__) && IS_ENABLED(CONFIG_OTHER)', 'with CONFIG_OTHER'],
  ['#if !defined(__ASSEMBLY__) && (CONFIG_OTHER == 1)', 'with CONFIG_OTHER'],
  ['#if 0\n#elif defined(CONFIG_OTHER)', 'with CONFIG_OTHER'],
])('says what code behind %j needs', (before, needs) => {
  const [finding] = findingsIn(`${PREFIX}\n${before}\nvoid f(struct page *page) { use(page->pgmap); }\n#endif\n`);
  expect(finding?.rule).toBe('raw-pgmap');
  expect(finding?.related.map(({ message }) => message)).toContain(`this code is compiled only ${needs}`);
});

it('a suppression in code that no configuration compiles is silent, as what it suppresses is', () => {
  const use = 'void f(struct page *page) { use(page->pgmap); } /* overlint: allow(raw-pgmap) the owner asked */';
  check(`${PREFIX}\n#if 0\n${use}\n#endif\nint last;   // ok\n`);
});
