/** Which configuration is an architecture's own, as its Makefile says. */
import { describe, expect, it } from 'vitest';
import { defaultConfigName, mergedConfig } from './arch-makefile';
import { buildArchitecture } from './architecture';

const X86 = `
ifeq ($(ARCH),x86)
  ifeq ($(shell uname -m | sed -e 's/i.86/i386/'),i386)
        KBUILD_DEFCONFIG := i386_defconfig
  else
        KBUILD_DEFCONFIG := x86_64_defconfig
  endif
else
        KBUILD_DEFCONFIG := $(ARCH)_defconfig
endif
`;

describe('the default configuration', () => {
  it.each([
    ['x86_64', X86, 'x86_64_defconfig'],
    ['i386', X86, 'i386_defconfig'],
    [
      'um',
      'ifeq ($(SUBARCH),x86)\n  ifeq ($(shell uname -m),x86_64)\n    KBUILD_DEFCONFIG := x86_64_defconfig\n  else\n    KBUILD_DEFCONFIG := i386_defconfig\n  endif\nendif\n',
      'x86_64_defconfig',
    ],
    ['arm', 'KBUILD_DEFCONFIG := multi_v7_defconfig\n', 'multi_v7_defconfig'],
    ['arm64', 'LDFLAGS_vmlinux := -x\n', 'defconfig'],
    [
      'powerpc',
      'uname := $(shell uname -m)\nKBUILD_DEFCONFIG := $(if $(filter ppc%,$(uname)),$(uname),ppc64le)_defconfig\n',
      'ppc64le_defconfig',
    ],
    [
      'sparc64',
      'ifeq ($(ARCH),sparc64)\n  KBUILD_DEFCONFIG := sparc64_defconfig\nelse\n  KBUILD_DEFCONFIG := sparc32_defconfig\nendif\n',
      'sparc64_defconfig',
    ],
    [
      'mips',
      'ifdef CONFIG_X\nKBUILD_DEFCONFIG := a\nelse ifneq ($(ARCH),mips)\nKBUILD_DEFCONFIG := b\nelse\nKBUILD_DEFCONFIG := c\nendif\n',
      'c',
    ],
  ])('of %s', (arch, makefile, name) => {
    expect(defaultConfigName(makefile, buildArchitecture(arch))).toBe(name);
  });

  it('runs nothing, and ends with Makefiles that do not', () => {
    const makefile = 'A = $(A)\nKBUILD_DEFCONFIG := $(A)$(shell touch /tmp/x)$(if $(if $(if\n';
    expect(defaultConfigName(makefile, buildArchitecture('arm'))).toBe('defconfig');
  });
});

describe('a configuration that is put together', () => {
  const MAKEFILE =
    'ppc64le_defconfig:\n\t$(call merge_into_defconfig,ppc64_defconfig,le)\n\n' +
    'virtconfig:\n\t$(call merge_into_defconfig_override,defconfig,virt)\n\n' +
    'pseries_defconfig: guest_defconfig\n\nguest_defconfig:\n\t$(call merge_into_defconfig,ppc64_defconfig,\\\n\t\tle guest)\n';

  it.each([
    ['ppc64le_defconfig', 'ppc64_defconfig', ['le.config']],
    ['virtconfig', 'defconfig', ['virt.config']],
    ['pseries_defconfig', 'ppc64_defconfig', ['le.config', 'guest.config']],
  ])('%s', (name, base, fragments) => {
    expect(mergedConfig(MAKEFILE, name)).toEqual({ base, fragments });
  });

  it('is not every target', () => {
    expect(mergedConfig(MAKEFILE, 'other_defconfig')).toBeUndefined();
    expect(mergedConfig('a_defconfig: a_defconfig\n', 'a_defconfig')).toBeUndefined();
  });
});
