import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { readReference } from '../base/reference.ts';

// Checks what goes over the wire against the services' own OpenAPI 3.0 descriptions. Stricter than they are: a key that
// a schema does not name is a problem too, because that is how a misspelt one is found.

export type SpecName = 'jsm-operations' | 'jira-cloud-platform-v3';

export interface OpenApi {
  /**
   * What is wrong with an answer; nothing when it is as described. `path` is a template of the description or an actual
   * path, with the host's prefix (`/jsm/ops`, `/ex/jira/{cloudId}`) or without it. `body` is undefined for none.
   */
  validateResponse(method: string, path: string, status: number, body: unknown): string[];
  /** What is wrong with a request. */
  validateRequest(method: string, path: string, query: URLSearchParams, body: unknown): string[];
  /** What is wrong with a value of a named schema: for parts that a description leaves open, such as issue fields. */
  validateSchema(name: string, value: unknown): string[];
  /** The template of an actual path, undefined if the description has none. */
  templateOf(path: string): string | undefined;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema?: Schema | null }>>;
type Schema = Readonly<Record<string, unknown>>;
type PathItem = Readonly<Record<string, Operation>> & { readonly parameters?: readonly Parameter[] };
interface Description {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/**
 * Where the services are known to differ from their own description. Each is described in the protocol reference,
 * atlassian.md.
 */
const deviations: Readonly<Record<SpecName, readonly { readonly problem: RegExp; readonly why: string }[]>> = {
  'jsm-operations': [
    { problem: /\/took must be integer/, why: '2.4: a fraction of a second' },
    { problem: /^POST \S+\/v1\/alerts 202: .*not declared/, why: '2.4: seen instead of 200' },
    { problem: /^GET \S+\/v1\/alerts 400: .*not declared/, why: '6 #6: seen instead of 422 for a bad query' },
    { problem: /^GET \S+\/v1\/alerts 403: .*not declared/, why: '2.1: the legacy text of an account without access' },
    { problem: / (405|429): .*not declared/, why: '2.1: undeclared, and answered all the same' },
    { problem: /\/alerts\/\{id\}\/(tags|extra-properties) 202: .*parameter/, why: 'misnamed path parameter' },
    { problem: /\/rotationIds must be array/, why: 'A.2: null means all rotations' },
    { problem: /\/extraProperties\/\w+ must be string/, why: '2.2: the example holds a boolean' },
    { problem: /\/links\/next must be string/, why: '2.1: absent or null on the last page' },
    { problem: /has an unknown key lastOccurredAt/, why: '0.1 #7: the other spelling' },
    { problem: /requests\/\{id\} 200: .*has an unknown key success$/, why: '2.4: the other name of isSuccess' },
    { problem: /nextOnCallParticipants\/\d+ has an unknown key nextOnCallParticipants/, why: '2.6: as in the example' },
    { problem: /^GET \S+\/v1\/teams (401|403): .*not declared/, why: '2.1: as everywhere' },
    { problem: /\/logs 200: .*\/owner/, why: '2.5' },
  ],
  'jira-cloud-platform-v3': [
    { problem: /has an unknown key untranslatedName/, why: '3.7: the name of Flagged that is not localised' },
    { problem: /^(GET|POST) \S+\/search 410: .*not declared/, why: '0.1 #9: removed' },
    { problem: / (403|405|429): .*not declared/, why: '3.1, 3.9: undeclared, and answered all the same' },
    { problem: / 401: .*not declared/, why: '3.1: as everywhere' },
    { problem: /^GET \S+\/createmeta\S+ 404: .*not declared/, why: '3.1: as everywhere' },
  ],
};

const loaded = new Map<SpecName, OpenApi>();

/** A description by name; it is read once. Only where `hasReference` has found its file. */
export function openapi(name: SpecName): OpenApi {
  const known = loaded.get(name) ?? load(name);
  loaded.set(name, known);
  return known;
}

function load(name: SpecName): OpenApi {
  const description = JSON.parse(readReference(`specs/${name}.openapi.json`)) as Description;
  const ajv = makeAjv();
  ajv.addSchema(closed({ $id: name, components: description.components }, name) as Schema);
  const compiled = new Map<Schema, ValidateFunction>();
  const templates = Object.keys(description.paths).map((template) => ({ template, parts: template.split('/') }));

  function problemsOf(schema: Schema, value: unknown): string[] {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      validate = ajv.compile(closed(schema, name) as Schema);
      compiled.set(schema, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []).map(described);
  }

  function templateOf(path: string): string | undefined {
    if (description.paths[path] !== undefined) return path;
    const parts = path.replace(/^\/jsm\/ops(?=\/)|^\/ex\/jira\/[^/]+/, '').split('/');
    const fitting = templates.filter(
      (each) =>
        each.parts.length === parts.length &&
        each.parts.every((want, index) => want === parts[index] || (want.includes('{') && parts[index] !== '')),
    );
    const params = (each: { parts: string[] }): number => each.parts.filter((part) => part.includes('{')).length;
    return fitting.sort((one, other) => params(one) - params(other))[0]?.template;
  }

  function operationOf(
    method: string,
    path: string,
  ): { operation: Operation; at: string; shared: readonly Parameter[] } {
    const template = templateOf(path);
    const item = template === undefined ? undefined : description.paths[template];
    const operation = item?.[method.toLowerCase()];
    if (operation === undefined) throw new Error(`${name} has no ${method} ${path}`);
    return { operation, at: `${method} ${template}`, shared: item?.parameters ?? [] };
  }

  const settled = (at: string, problems: readonly string[]): string[] =>
    problems
      .map((problem) => `${at}: ${problem}`)
      .filter((problem) => !deviations[name].some((deviation) => deviation.problem.test(problem)));

  return {
    templateOf,
    validateResponse(method, path, status, body) {
      const { operation, at } = operationOf(method, path);
      const declared = operation.responses[`${status}`];
      if (declared === undefined) return settled(`${at} ${status}`, [`status ${status} is not declared`]);
      const schema = jsonSchema(declared.content);
      const problems = schema === undefined ? [] : problemsOf(schema, body);
      if (status === 204 && body !== undefined) problems.push('204 has a body');
      return settled(`${at} ${status}`, problems);
    },
    validateRequest(method, path, query, body) {
      const { operation, at, shared } = operationOf(method, path);
      const schema = jsonSchema(operation.requestBody?.content);
      const problems = queryProblems([...shared, ...(operation.parameters ?? [])], query, problemsOf);
      if (schema !== undefined) problems.push(...problemsOf(schema, body));
      else if (body !== undefined) problems.push('takes no body');
      return settled(at, problems);
    },
    validateSchema(schema, value) {
      const found = description.components.schemas[schema];
      if (found === undefined) throw new Error(`${name} has no schema ${schema}`);
      return settled(schema, problemsOf(found, value));
    },
  };
}

function makeAjv(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false });
  // Jira writes offsets without a colon (atlassian.md 3).
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/);
  ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
  ajv.addFormat('uri', (value: string) => URL.canParse(value));
  ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
  for (const format of ['int32', 'int64', 'float', 'double', 'binary', 'byte']) ajv.addFormat(format, true);
  return ajv;
}

/**
 * A schema as JSON Schema: references lead into the description, `nullable` is a type, objects with named properties
 * are closed.
 */
function closed(schema: unknown, name: SpecName): unknown {
  if (Array.isArray(schema)) return schema.map((each) => closed(each, name));
  if (typeof schema !== 'object' || schema === null) return schema;
  const made: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'example' || key === 'examples' || key === 'xml' || key === 'discriminator') continue;
    if (key === '$ref' && typeof value === 'string') made[key] = value.replace(/^#/, `${name}#`);
    else if (key === 'properties') made[key] = properties(value as Schema, name);
    else made[key] = closed(value, name);
  }
  const named = made['properties'];
  const open = made['additionalProperties'];
  if (named !== undefined && (open === undefined || open === true)) made['additionalProperties'] = false;
  if (made['nullable'] !== true) return made;
  return { anyOf: [made, { type: 'null' }] };
}

/** The names of properties are not keywords: one may be called `example`. */
function properties(named: Schema, name: SpecName): Record<string, unknown> {
  return Object.fromEntries(Object.entries(named).map(([key, value]) => [key, closed(value, name)]));
}

function jsonSchema(content: Content | undefined): Schema | undefined {
  return content?.['application/json']?.schema ?? undefined;
}

function described(error: ErrorObject): string {
  const extra = (error.params as { additionalProperty?: string }).additionalProperty;
  if (extra !== undefined) return `${error.instancePath} has an unknown key ${extra}`;
  return `${error.instancePath} ${error.message ?? error.keyword}`;
}

function queryProblems(
  parameters: readonly Parameter[],
  query: URLSearchParams,
  problemsOf: (schema: Schema, value: unknown) => string[],
): string[] {
  const known = parameters.filter((each) => each.in === 'query');
  const problems = [...new Set(query.keys())]
    .filter((name) => !known.some((each) => each.name === name))
    .map((name) => `query parameter ${name} is unknown`);
  for (const { name, required, schema = {} } of known) {
    const given = query.getAll(name);
    if (given.length === 0) {
      if (required === true) problems.push(`query parameter ${name} is missing`);
      continue;
    }
    if (given.length > 1 && schema['type'] !== 'array') problems.push(`query parameter ${name} is given twice`);
    problems.push(...problemsOf(schema, typed(given, schema)).map((problem) => `query parameter ${name}${problem}`));
  }
  return problems;
}

function typed(given: readonly string[], schema: Schema): unknown {
  const [first = ''] = given;
  switch (schema['type']) {
    case 'array':
      return given.flatMap((each) => each.split(',')).map((each) => typed([each], (schema['items'] ?? {}) as Schema));
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(first) ? Number(first) : first;
    case 'boolean':
      return first === 'true' ? true : first === 'false' ? false : first;
    default:
      return first;
  }
}
