import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type {
  CheckedForm,
  FieldFault,
  FormField,
  FieldValues,
  ListedOperation,
  OperationForm,
  PageMessage,
  PageMode,
} from '../../domain/operations/pageMessages.ts';
import { FieldRow, inputId } from './field.tsx';

interface FormProps {
  readonly operation: ListedOperation;
  readonly form: OperationForm;
  readonly values: FieldValues;
  /** What was said of the values that were sent last; undefined until something was. */
  readonly checked: CheckedForm | undefined;
  /** What was said is about the values that are shown. */
  readonly isCurrent: boolean;
  readonly onValues: (values: FieldValues) => void;
  readonly onBack: () => void;
  /** Opens the form of another operation. */
  readonly onOpen: (id: string) => void;
  readonly post: (message: PageMessage) => void;
}

/** The form of an operation: what it is, its fields, earlier runs, and the command with what is done with it. */
export function Form(props: FormProps): JSX.Element {
  const { operation, form, values, checked, onValues, onBack, post } = props;
  const { id } = form;
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [isTried, setTried] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const faults = new Map(checked?.faults.map((fault) => [fault.field, fault]));
  const rowOf = (field: FormField): JSX.Element => (
    <FieldRow
      key={field.name}
      field={field}
      known={form.known}
      value={values[field.name] ?? ''}
      fault={isTried || touched.has(field.name) ? faults.get(field.name)?.sentence : undefined}
      isMissing={faults.get(field.name)?.isMissing === true}
      onValue={(value) => onValues({ ...values, [field.name]: value })}
      onLeave={() => {
        if ((values[field.name] ?? '') !== '') setTouched(new Set([...touched, field.name]));
      }}
    />
  );
  /**
   * Only what is right is run; else the keyboard moves to the first fault. The buttons look disabled then, and can still
   * be focused and pressed: one who does not see the line beside them is led to the field.
   */
  const run = (mode: PageMode): void => {
    setTried(true);
    const first = form.fields.find(({ name }) => faults.has(name));
    if (first !== undefined) focusField(first);
    else if (props.isCurrent) post({ type: 'run', id, values, mode });
  };
  const further = form.fields.filter(({ isFurther }) => isFurther);
  return (
    <div class="form">
      <div class="form-body">
        <div class="form-column">
          <div>
            <button class="link back" type="button" onClick={onBack}>
              All Operations
            </button>
          </div>
          <div class="form-head">
            <h1 tabIndex={-1} ref={heading}>
              {operation.title}
            </h1>
            <button
              class="link"
              type="button"
              aria-pressed={operation.isFavorite}
              onClick={() => post({ type: 'favorite', id, isOn: !operation.isFavorite })}
            >
              {operation.isFavorite ? '★ Favorite' : '☆ Favorite'}
            </button>
          </div>
          <p>{operation.description}</p>
          <Facts operation={operation} />
          {form.full === undefined ? undefined : (
            <div>
              <button class="link" type="button" onClick={() => post({ type: 'open', id: form.full, from: values })}>
                All Options of {form.full}
              </button>
            </div>
          )}
          <RegistryNote form={form} onOpen={props.onOpen} />
          {form.fields.filter(({ isFurther }) => !isFurther).map(rowOf)}
          {further.length === 0 ? undefined : <Further title="Further Options">{further.map(rowOf)}</Further>}
          <LeftOut form={form} />
          <Past form={form} onValues={onValues} post={post} />
        </div>
      </div>
      <Bar {...props} run={run} />
    </div>
  );
}

function focusField({ name }: FormField): void {
  const input = document.getElementById(inputId(name));
  const details = input?.closest('details');
  if (details !== null && details !== undefined) details.open = true;
  input?.focus();
}

function Facts({ operation }: { readonly operation: ListedOperation }): JSX.Element {
  const { does, needs, duration, last } = operation;
  const facts = [
    ['Effect', does],
    ['Needs', needs ?? 'No key'],
    ['Takes', duration],
    ['Last run', last ?? 'None on record'],
  ] as const;
  return (
    <dl class="facts">
      {facts.map(([name, text]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-text`}>{text}</dd>])}
    </dl>
  );
}

function Further({ title, children }: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <details>
      <summary>{title}</summary>
      <div class="further">{children}</div>
    </details>
  );
}

function LeftOut({ form }: { readonly form: OperationForm }): JSX.Element | undefined {
  if (form.leftOut.length === 0) return undefined;
  return (
    <Further title="Options That Are Not Offered">
      <dl class="facts">
        {form.leftOut.map(({ option, reason }) => [
          <dt key={option} class="code">
            {option}
          </dt>,
          <dd key={`${option}-reason`}>{reason}</dd>,
        ])}
      </dl>
    </Further>
  );
}

function Past({ form, onValues, post }: Pick<FormProps, 'form' | 'onValues' | 'post'>): JSX.Element | undefined {
  if (form.past.length === 0) return undefined;
  return (
    <Further title={`Earlier Runs (${form.past.length})`}>
      <ul>
        {form.past.map(({ id, words, command, values }) => (
          <li key={id} class="past">
            <span>{words}</span>
            <button class="link" type="button" onClick={() => onValues(values)}>
              Use Arguments
            </button>
            <button class="link" type="button" onClick={() => post({ type: 'openRun', run: id })}>
              Open Run
            </button>
            <span class="code">{command}</span>
          </li>
        ))}
      </ul>
    </Further>
  );
}

/** As of when the registry is known, and the way to read it. */
function RegistryNote({ form: { registry }, onOpen }: Pick<FormProps, 'form' | 'onOpen'>): JSX.Element | undefined {
  if (registry === undefined) return undefined;
  return (
    <p class="help">
      {`${registry.words} `}
      <button class="link" type="button" onClick={() => onOpen('registry.read')}>
        {registry.isRead ? 'Read Registry Again' : 'Read Registry'}
      </button>
    </p>
  );
}

interface BarProps extends FormProps {
  readonly run: (mode: PageMode) => void;
}

function Bar({ operation, form, values, checked, isCurrent, run, post }: BarProps): JSX.Element {
  const { effect } = operation;
  const simulates = effect === 'submits' || effect === 'votes';
  const isReady = isCurrent && checked?.simulated !== undefined;
  const isFaulty = checked !== undefined && checked.faults.length > 0;
  const statusId = useId();
  return (
    <div class="bar">
      <div class="bar-column">
        <h2 class="unseen">Command</h2>
        <pre class="command" tabIndex={0} aria-label="Command">
          {checked?.command ?? ''}
        </pre>
        <p role="status" id={statusId}>
          {isFaulty ? faultsText(form, checked.faults) : status(simulates, checked?.simulated)}
        </p>
        <div class="buttons">
          {simulates ? (
            <button
              class="button"
              type="button"
              aria-disabled={isFaulty}
              aria-describedby={statusId}
              onClick={() => run('dryRun')}
            >
              Dry Run…
            </button>
          ) : undefined}
          <button
            class={simulates ? 'button secondary' : 'button'}
            type="button"
            aria-disabled={simulates ? !isReady : isFaulty}
            aria-describedby={statusId}
            onClick={() => {
              if (isFaulty || !simulates || isReady) run('real');
            }}
          >
            {effect === 'submits' ? 'Submit…' : effect === 'votes' ? 'Vote…' : 'Run…'}
          </button>
          <button class="button secondary" type="button" onClick={() => post({ type: 'copy', id: form.id, values })}>
            Copy Command
          </button>
        </div>
      </div>
    </div>
  );
}

/** What is to be entered before the form can be run, and what is to be corrected, by the labels of the fields. */
function faultsText({ fields }: OperationForm, faults: readonly FieldFault[]): string {
  const named = (title: string, isMissing: boolean): readonly string[] => {
    const labels = faults
      .filter((fault) => fault.isMissing === isMissing)
      .flatMap((fault) => fields.find(({ name }) => name === fault.field)?.label ?? []);
    return labels.length === 0 ? [] : [`${title}: ${labels.join(', ')}.`];
  };
  return [...named('Missing', true), ...named('To correct', false)].join(' ');
}

function status(simulates: boolean, simulated: string | undefined): string {
  if (!simulates) return '';
  return simulated === undefined
    ? 'A dry run with these arguments comes first.'
    : `With these arguments: ${simulated}.`;
}
