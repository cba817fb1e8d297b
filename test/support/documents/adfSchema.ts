import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { readReference } from '../base/reference.ts';

// Documents made from Atlassian's own schema of the format, and the check of documents against it.

export const adfSchemaFile = 'specs/adf-full.schema.json';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema | readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly additionalProperties?: boolean;
}
interface Definitions {
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** Says what is wrong with a document; undefined for nothing. */
export function adfProblems(): (document: unknown) => string | undefined {
  const ajv = new Ajv({ strict: false, allErrors: false });
  const validate: ValidateFunction = ajv.compile(
    JSON.parse(readReference(adfSchemaFile).replace('draft-04', 'draft-07')),
  );
  return (document) => (validate(document) ? undefined : ajv.errorsText(validate.errors).slice(0, 300));
}

/** Deeper nodes hold as little as they may. */
const deepest = 7;

const words = fc.constantFrom(
  ...[
    'a',
    'two words',
    'dre vote',
    '*',
    '_x_',
    '**',
    '`',
    '[!NOTE]',
    '[x]',
    '- ',
    '1. ',
    '# ',
    '> ',
    '|',
    '<br>',
    '<b>',
  ],
  ...['https://example.com/a_b', '&amp;', '\\', '~~', ' lead', 'trail ', 'new\nline', 'é', '😀', '@dana', '!', '---'],
);
const text = fc.array(words, { minLength: 1, maxLength: 3 }).map((all) => all.join(''));

/** Random documents that keep to the schema. */
export function adfDocuments(): fc.Arbitrary<unknown> {
  const { definitions } = JSON.parse(readReference(adfSchemaFile)) as Definitions;
  const known = new Map<string, fc.Arbitrary<unknown>>();

  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.split('/').at(-1);
    const found = name === undefined ? schema : (definitions[name] ?? {});
    if (found.$ref !== undefined) return resolve(found);
    if (found.allOf === undefined) return found;
    const parts = found.allOf.map(resolve);
    const [first] = parts;
    const last = parts.at(-1);
    return {
      ...first,
      // Where the first part allows no other properties than its own, the others only narrow these.
      properties: Object.fromEntries(
        Object.entries({ ...first?.properties, ...last?.properties }).filter(
          ([name]) => first?.additionalProperties !== false || first.properties?.[name] !== undefined,
        ),
      ),
      required: [...new Set([...(first?.required ?? []), ...(last?.required ?? [])])],
    };
  };

  const make = (schema: Schema, depth: number): fc.Arbitrary<unknown> => {
    const name = schema.$ref;
    if (name === undefined) return build(schema, depth);
    const key = `${name} ${depth}`;
    const made = known.get(key) ?? build(resolve(schema), depth);
    known.set(key, made);
    return made;
  };

  const build = (schema: Schema, depth: number): fc.Arbitrary<unknown> => {
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    if (schema.anyOf !== undefined) {
      const simple = schema.anyOf.filter((each) => !holdsBlocks(resolve(each)));
      const choices = depth > deepest && simple.length > 0 ? simple : schema.anyOf;
      return fc.nat(choices.length - 1).chain((index) => make(choices[index] ?? {}, depth));
    }
    switch (schema.type) {
      case 'object':
        return object(schema, depth);
      case 'array':
        return array(schema, depth);
      case 'string':
        return schema.pattern === undefined
          ? text
          : fc
              .constantFrom('#0747a6', '#ff991fff', 'neutral')
              .filter((each) => new RegExp(schema.pattern ?? '').test(each));
      case 'number':
        return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 900 });
      case 'boolean':
        return fc.boolean();
      default:
        return fc.constantFrom<unknown>({ any: 'thing' }, 'word');
    }
  };

  const object = ({ properties = {}, required = [] }: Schema, depth: number): fc.Arbitrary<unknown> => {
    const parts = Object.entries(properties).map(([name, of]) => {
      const isWanted = required.includes(name);
      const each = fc
        .boolean()
        .chain((isThere) => (isWanted || isThere ? make(of, depth + 1) : fc.constant(undefined)));
      return each.map((value): readonly [string, unknown] => [name, value]);
    });
    return fc.tuple(...parts).map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
  };

  const array = ({ items, minItems = 0, maxItems = 4 }: Schema, depth: number): fc.Arbitrary<unknown> => {
    if (items === undefined) return fc.constant([]);
    if (Array.isArray(items)) {
      const [first, ...rest] = (items as readonly Schema[]).map((each) => make(each, depth));
      if (first === undefined) return fc.constant([]);
      return fc
        .tuple(first, fc.subarray(rest))
        .chain(([head, tail]) => fc.tuple(...tail).map((more) => [head, ...more]));
    }
    const most = Math.max(minItems, Math.min(maxItems, depth > deepest ? 1 : 4));
    return fc
      .integer({ min: minItems, max: most })
      .chain((length) => fc.array(make(items as Schema, depth), { minLength: length, maxLength: length }));
  };

  /** Whether a node holds more than words. */
  const holdsBlocks = ({ properties }: Schema): boolean => {
    const type = properties?.['type']?.enum?.[0];
    return properties?.['content'] !== undefined && type !== 'paragraph';
  };

  const problems = adfProblems();
  return make({ $ref: '#/definitions/doc_node' }, 0).filter((document) => problems(document) === undefined);
}
