import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

// The protocol references and machine-readable specifications are not part of the project: comments cite them by file and
// section ("atlassian.md 2.2"). Where they lie beside the checkout (or where DR_DRE_REFERENCE says), the tests that
// validate against them run; elsewhere they say that they skip.
const root = process.env['DR_DRE_REFERENCE'] ?? fileURLToPath(new URL('../../../../shared/reference', import.meta.url));

/** Whether a reference file is there. */
export function hasReference(name: string): boolean {
  return existsSync(join(root, name));
}

/** The text of a reference file; throws when it is not there. */
export function readReference(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

/** `describe` that says in its title that it is skipped when the reference is not beside the checkout. */
export function describeWithReference(title: string, name: string, body: () => void): void {
  if (hasReference(name)) {
    describe(title, body);
    return;
  }
  // Mocha calls the body of what it skips, which may read the reference.
  describe.skip(`${title} (skipped: ${name} is not beside the checkout)`, () => {
    it('is held against the reference');
  });
}
