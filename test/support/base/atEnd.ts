// Loaded before all tests.

/** What ends when all tests have run: what test files share. */
export const atEnd: (() => Promise<void>)[] = [];

export const mochaHooks = {
  async afterAll(this: Mocha.Context): Promise<void> {
    this.timeout(60_000);
    for (const end of atEnd.splice(0)) await end();
  },
};
