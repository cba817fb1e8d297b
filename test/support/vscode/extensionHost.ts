import { readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import Mocha from 'mocha';
import CountingReporter from '../../../scripts/mochaReporter.mjs';

// What VS Code loads as `extensionTestsPath`, bundled together with the tests of test/integration/ (scripts/hostTests.mjs).

/** Runs them in the extension host. Rejects when one fails, which makes VS Code exit with an error. */
export async function run(): Promise<void> {
  const bundled = fileURLToPath(new URL('../../integration/', import.meta.url));
  const mocha = new Mocha({ timeout: 60_000, color: true, reporter: CountingReporter });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  const files = readdirSync(bundled, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.mjs'),
  );
  for (const file of files.sort()) await import(pathToFileURL(join(bundled, file)).href);
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
