import type { JSX } from 'preact';
import type { FormField, OperationForm } from '../../domain/operations/pageMessages.ts';
import { Combo } from './combo.tsx';

interface FieldProps {
  readonly field: FormField;
  /** The values that can be taken over, by kind. */
  readonly known: OperationForm['known'];
  readonly value: string;
  readonly fault: string | undefined;
  /** Nothing is entered, and the form cannot be run so. */
  readonly isMissing: boolean;
  readonly onValue: (value: string) => void;
  /** The keyboard leaves it: what is wrong with it may be said. */
  readonly onLeave: () => void;
}

/** The id of the element of a field. */
export function inputId(name: string): string {
  return `field-${name}`;
}

/** One field of a form, with its label, help and fault. */
export function FieldRow(props: FieldProps): JSX.Element {
  const { field, fault, isMissing } = props;
  const { name, label, option, help, control, isRequired } = field;
  const helpId = `${inputId(name)}-help`;
  const faultId = `${inputId(name)}-fault`;
  const describedBy = [help === '' ? '' : helpId, fault === undefined ? '' : faultId]
    .filter((id) => id !== '')
    .join(' ');
  const notes = (
    <>
      {help === '' ? undefined : (
        <p class="help" id={helpId}>
          {help}
        </p>
      )}
      {fault === undefined ? undefined : (
        <p class="fault" id={faultId}>
          {fault}
        </p>
      )}
    </>
  );
  const named = (
    <>
      <span>{label}</span> {isRequired ? <span class="required">Required</span> : undefined}{' '}
      {option === undefined ? undefined : <span class="field-option">{option}</span>}
    </>
  );
  if (control === 'flag') return <Flag {...props} named={named} notes={notes} describedBy={describedBy} />;
  if (control === 'choices') {
    return (
      <fieldset
        class={isMissing ? 'choices missing' : 'choices'}
        aria-describedby={describedBy === '' ? undefined : describedBy}
      >
        <legend class="field-label">{named}</legend>
        <Choices {...props} />
        {notes}
      </fieldset>
    );
  }
  return (
    <div class={isMissing ? 'field missing' : 'field'}>
      <label class="field-label" for={inputId(name)}>
        {named}
      </label>
      <Control {...props} describedBy={describedBy === '' ? undefined : describedBy} />
      {notes}
    </div>
  );
}

interface FlagProps extends FieldProps {
  readonly named: JSX.Element;
  readonly notes: JSX.Element;
  readonly describedBy: string;
}

function Flag({ field, value, onValue, named, notes, describedBy }: FlagProps): JSX.Element {
  return (
    <div class="field">
      <div class="check">
        <input
          type="checkbox"
          id={inputId(field.name)}
          checked={value === 'true'}
          aria-describedby={describedBy === '' ? undefined : describedBy}
          onChange={(event) => onValue(event.currentTarget.checked ? 'true' : 'false')}
        />
        <label class="field-label" for={inputId(field.name)}>
          {named}
        </label>
      </div>
      {notes}
    </div>
  );
}

function Choices({ field, value, onValue }: FieldProps): JSX.Element {
  const chosen = new Set(value.split(/[ ,]+/).filter((word) => word !== ''));
  return (
    <div class="checks">
      {field.choices.map((choice, index) => (
        <label key={choice} class="check">
          <input
            type="checkbox"
            id={index === 0 ? inputId(field.name) : undefined}
            checked={chosen.has(choice)}
            onChange={(event) => {
              const isOn = event.currentTarget.checked;
              onValue(field.choices.filter((each) => (each === choice ? isOn : chosen.has(each))).join(' '));
            }}
          />
          {choice}
        </label>
      ))}
    </div>
  );
}

interface ControlProps extends FieldProps {
  readonly describedBy: string | undefined;
}

function Control({ field, known, value, fault, onValue, onLeave, describedBy }: ControlProps): JSX.Element {
  const { name, label, control, isRequired, placeholder, choices } = field;
  const isInvalid = fault !== undefined;
  switch (control) {
    case 'choice':
      return (
        <select
          id={inputId(name)}
          class="input"
          value={value}
          required={isRequired}
          aria-invalid={isInvalid}
          aria-describedby={describedBy}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          <option value="">{placeholder === '' ? 'Not given' : placeholder}</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      );
    case 'lines':
      return (
        <textarea
          id={inputId(name)}
          class="input"
          value={value}
          placeholder={placeholder}
          required={isRequired}
          spellcheck={false}
          aria-invalid={isInvalid}
          aria-describedby={describedBy}
          onInput={(event) => onValue(event.currentTarget.value)}
          onBlur={onLeave}
        />
      );
    case 'text':
    case 'list':
    case 'flag':
    case 'choices':
      return (
        <Combo
          id={inputId(name)}
          label={label}
          value={value}
          placeholder={placeholder}
          isList={control === 'list'}
          isInvalid={isInvalid}
          isRequired={isRequired}
          describedBy={describedBy}
          known={field.known.flatMap((kind) => known[kind] ?? [])}
          onValue={onValue}
          onLeave={onLeave}
        />
      );
  }
}
