import assert from 'node:assert/strict';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { createAtlassian } from '../../../src/sources/atlassian/connection.ts';
import { createOps, type Ops } from '../../../src/sources/atlassian/ops/client.ts';
import { createHttp } from '../../../src/sources/http.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { people, tokens } from '../../simulator/world.ts';

/** The alerts as the service has them, read past the extension. */
export class ServiceAlerts {
  readonly ops: Ops;

  constructor({ addresses }: Pick<Simulator, 'addresses'>) {
    const connection = createAtlassian({
      http: createHttp({ fetch, now: Date.now }),
      site: new URL(addresses.atlassianSite),
      apiUrl: new URL(addresses.atlassianApi),
      credentials: () => Promise.resolve({ email: people[0].email, token: tokens.atlassian.classic }),
      log: () => undefined,
    });
    this.ops = createOps(connection, Date.now);
  }

  /** The alert whose message holds this. */
  async held(message: string): Promise<Alert> {
    const read = await this.ops.listAlerts({ query: '' });
    const found = read.ok ? read.value.alerts.find((alert) => alert.message.includes(message)) : undefined;
    assert.ok(found !== undefined, message);
    return found;
  }

  async notesOf(message: string): Promise<readonly string[]> {
    const read = await this.ops.listNotes((await this.held(message)).id);
    assert.ok(read.ok);
    return read.value.records.map(({ text }) => text);
  }

  async logOf(message: string): Promise<readonly string[]> {
    const read = await this.ops.listLog((await this.held(message)).id);
    assert.ok(read.ok);
    return read.value.records.map(({ text }) => text);
  }
}
