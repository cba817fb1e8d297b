import { operations } from '../../dre/catalogue.ts';
import type { Operation } from '../../dre/operations.ts';
import type { Parameter } from '../../dre/parameters.ts';
import type { Host } from '../kit/host.ts';
import { pickOne, type Entry } from '../kit/picks.ts';
import { askTyped } from '../kit/typedQuestion.ts';

/** Asks which operation. */
export async function pickOperation(): Promise<Operation | undefined> {
  const entries: (Entry & { readonly operation?: Operation })[] = [];
  let group: string | undefined;
  for (const operation of operations) {
    if (operation.group !== group) entries.push({ label: operation.group, isHeading: true });
    group = operation.group;
    entries.push({
      label: operation.title,
      description: effectWords[operation.effect],
      detail: operation.description,
      operation,
    });
  }
  const picked = await pickOne(entries, {
    title: 'Run dre Operation',
    placeHolder: 'Operations that submit or vote start with a dry run',
    matchOnDetail: true,
  });
  return picked?.operation;
}

const effectWords = { read: 'reads only', submits: 'submits proposals', votes: 'votes' };

type Asking = Pick<Host, 'drafts' | 'clock'>;

/** Asks for what an operation needs, one after the other; by the names of its parameters. */
export async function askValues(context: Asking, operation: Operation): Promise<Record<string, string> | undefined> {
  const values: Record<string, string> = {};
  for (const [index, parameter] of operation.parameters.entries()) {
    const step = `${operation.title} (${index + 1} of ${operation.parameters.length})`;
    const value =
      parameter.kind === 'flag'
        ? await askFlag(parameter, step)
        : await askText(context, draftKind(operation), parameter, step);
    if (value === undefined) return undefined;
    values[parameter.name] = value;
  }
  return values;
}

/** Under which kind of question what is typed for an operation is kept. */
export function draftKind({ id }: Operation): string {
  return `dre.${id}`;
}

function askText(context: Asking, kind: string, parameter: Parameter, title: string): Promise<string | undefined> {
  const { name: step, label, placeholder: placeHolder, required } = parameter;
  return askTyped(
    context,
    { kind, step, records: [] },
    {
      title,
      prompt: required ? `${label}.` : `${label} (may be left empty).`,
      placeHolder,
      check: (text) => parameter.validate(text),
    },
  );
}

async function askFlag(parameter: Parameter, title: string): Promise<string | undefined> {
  const picked = await pickOne(
    [
      { label: 'No', value: 'false' },
      { label: 'Yes', value: 'true' },
    ],
    { title, placeHolder: parameter.label, ignoreFocusOut: true },
  );
  return picked?.value;
}
