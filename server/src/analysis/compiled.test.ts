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
])('is silent between %j and %j', (before, after) => {
  check(`${PREFIX}\n${before}\nvoid f(struct page *page) { use(page->pgmap); }   // ok\n${after}\n`);
});

it.each([
  ['#ifdef CONFIG_OTHER', 'with CONFIG_OTHER'],
  ['#if defined(CONFIG_OTHER) && defined(CONFIG_MORE)', 'with CONFIG_OTHER, CONFIG_MORE'],
  ['#if IS_ENABLED(CONFIG_OTHER)', 'with CONFIG_OTHER'],
])('says what code behind %j needs', (before, needs) => {
  const [finding] = findingsIn(`${PREFIX}\n${before}\nvoid f(struct page *page) { use(page->pgmap); }\n#endif\n`);
  expect(finding?.rule).toBe('raw-pgmap');
  expect(finding?.related.map(({ message }) => message)).toContain(`this code is compiled only ${needs}`);
});
