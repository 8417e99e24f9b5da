/** What the extension's page shows, with and without a place for its pictures. */
import { expect, it } from 'vitest';
import { extensionReadme } from './extension-readme.mjs';

const TEXT = `# Overlint

It finds.

![A squiggle](../docs/pictures/problems.png)

It [explains](../docs/rules/README.md).
`;

it('loads pictures from where the repository lies', () => {
  expect(extensionReadme(TEXT, 'https://example.org/raw/v1')).toBe(`# Overlint

It finds.

![A squiggle](https://example.org/raw/v1/docs/pictures/problems.png)

It [explains](https://example.org/raw/v1/docs/rules/README.md).
`);
});

it('leaves pictures out where that is not known', () => {
  expect(extensionReadme(TEXT, undefined)).toBe(`# Overlint

It finds.

It [explains](docs/rules/README.md).
`);
});
