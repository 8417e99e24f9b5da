/** Settings are read alike wherever they come from, and VS Code's page shows the same ones. */
import fs from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json';
import { configuration, withTable } from '../../../tools/vscode/settings.mjs';
import { DEFAULTS, readSettings } from './settings';
import schema from './settings.schema.json';

describe('settings', () => {
  it('have a default and a description each', () => {
    for (const property of Object.values(schema.properties)) {
      expect(property.default).toBeDefined();
      expect(property.markdownDescription).toMatch(/\.$/);
    }
    expect(DEFAULTS).toEqual({
      kernel: '',
      build: '',
      arch: '',
      config: '',
      ahead: true,
      hover: 'picture',
      lenses: 'overlays',
      inlayHints: 'off',
      rules: [],
      levels: {},
      overrides: [],
    });
  });

  it('are what VS Code shows; if not, run: node tools/vscode/settings.mjs', () => {
    expect(manifest.contributes.configuration).toEqual(configuration(schema));
  });

  it('are what docs/editors.md shows; if not, run: node tools/vscode/settings.mjs', () => {
    const page = fs.readFileSync(path.resolve(import.meta.dirname, '../../../docs/editors.md'), 'utf8');
    expect(withTable(page, schema)).toBe(page);
  });

  it('resolve paths as people write them', () => {
    const { settings } = readSettings(
      { kernel: '~/linux', build: `\${workspaceFolder}/build`, config: '../x.config' },
      '/work/linux',
    );
    expect(settings).toEqual({
      kernel: `${homedir()}/linux`,
      build: '/work/linux/build',
      config: '/work/x.config',
    });
  });

  it('that were not made say nothing', () => {
    expect(readSettings({ kernel: '', build: null, later: 1, trace: { server: 'off' } }, '/w')).toEqual({
      settings: {},
      problems: [],
    });
    expect(readSettings(undefined, undefined)).toEqual({ settings: {}, problems: [] });
  });

  it('say levels of rules, for all files and for some', () => {
    const overrides = [{ files: ['drivers/staging'], levels: { 'raw-pgmap': 'off' } }];
    expect(readSettings({ levels: { 'raw-pgmap': 'warning' }, overrides }, '/w')).toEqual({
      settings: { levels: { 'raw-pgmap': 'warning' }, overrides },
      problems: [],
    });
    const { settings, problems } = readSettings(
      { levels: { 'raw-pgmap': 'loud', nothing: 'off', 'direct-counter': 'off' }, overrides: [{ files: 'mm' }, null] },
      '/w',
    );
    expect(settings).toEqual({ levels: {}, overrides: [] });
    expect(problems).toEqual([
      'levels.raw-pgmap must be one of off, on, hint, info, warning, error, not "loud".',
      'levels names "nothing", which is no rule.',
      'levels names "direct-counter", which is now "reserved-member".',
      'overrides[0] must have a list of files and an object of levels.',
      'overrides[1] must have a list of files and an object of levels.',
    ]);
  });

  it('that name no rule are named, and the others count', () => {
    const { settings, problems } = readSettings({ rules: ['raw-pgmap', 'no-such-rule'] }, '/w');
    expect(settings).toEqual({ rules: ['raw-pgmap'] });
    expect(problems).toEqual([
      expect.stringMatching(/^rules names "no-such-rule", which is no rule; there are .*raw-pgmap/),
    ]);
  });

  it.each([
    [{ kernel: 5 }, 'kernel must be a text, not 5.'],
    [{ ahead: 'yes' }, 'ahead must be true or false, not "yes".'],
    [{ rules: [1] }, 'rules must be a list of names, not [1].'],
    [{ arch: 'vax' }, expect.stringMatching(/^arch must be one of x86, i386, .*, xtensa, not "vax"\.$/)],
    [['kernel'], 'settings must be an object, such as {"kernel": "/path/to/linux"}.'],
    ['kernel', 'settings must be an object, such as {"kernel": "/path/to/linux"}.'],
  ])('that make no sense are named: %j', (value, problem) => {
    expect(readSettings(value, '/w')).toEqual({ settings: {}, problems: [problem] });
  });
});
