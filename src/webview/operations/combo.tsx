import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { OfferedValue } from '../../domain/operations/pageMessages.ts';

interface ComboProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly isList: boolean;
  readonly isInvalid: boolean;
  readonly isRequired: boolean;
  readonly describedBy: string | undefined;
  readonly known: readonly OfferedValue[];
  readonly onValue: (value: string) => void;
  readonly onLeave: () => void;
}

/** So many values are offered at once. */
const most = 30;

/** The word that is being typed, and what stands before it. */
function lastWord(text: string, isList: boolean): readonly [before: string, word: string] {
  if (!isList) return ['', text];
  const at = Math.max(text.lastIndexOf(' '), text.lastIndexOf(',')) + 1;
  return [text.slice(0, at), text.slice(at)];
}

/** The first of the values that fit what is typed; there can be thousands. */
function offeredOf(known: readonly OfferedValue[], typed: string, taken: ReadonlySet<string>): readonly OfferedValue[] {
  const offered: OfferedValue[] = [];
  for (const each of known) {
    if (offered.length === most) break;
    if (!taken.has(each.value) && `${each.value} ${each.label}`.toLowerCase().includes(typed)) offered.push(each);
  }
  return offered;
}

/** An input with the values that are known: arrow keys choose, Enter takes over, Escape closes. */
export function Combo(props: ComboProps): JSX.Element {
  const { id, label, value, placeholder, isList, isInvalid, isRequired, describedBy, known, onValue, onLeave } = props;
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const [before, word] = lastWord(value, isList);
  const typed = word.toLowerCase();
  const offered = isOpen ? offeredOf(known, typed, new Set(before.split(/[ ,]+/))) : [];
  const isShown = isOpen && offered.length > 0 && !(offered.length === 1 && offered[0]?.value === word);
  const take = ({ value: one }: OfferedValue): void => {
    onValue(`${before}${one}${isList ? ' ' : ''}`);
    setOpen(isList);
    setChosen(-1);
  };
  const press = (event: KeyboardEvent): void => {
    const current = offered[chosen];
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        if (!isShown) setOpen(true);
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setChosen(isShown ? (chosen + step + offered.length) % Math.max(offered.length, 1) : 0);
        return;
      }
      case 'Enter':
        if (!isShown || current === undefined) return;
        event.preventDefault();
        take(current);
        return;
      case 'Escape':
        if (!isShown) return;
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
        return;
    }
  };
  const active = isShown && chosen >= 0 && chosen < offered.length ? `${listId}-${chosen}` : undefined;
  const hasValues = known.length > 0;
  return (
    <div class="combo">
      <input
        id={id}
        class="input"
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={value}
        placeholder={placeholder}
        required={isRequired}
        aria-invalid={isInvalid}
        aria-describedby={describedBy}
        role={hasValues ? 'combobox' : undefined}
        aria-autocomplete={hasValues ? 'list' : undefined}
        aria-expanded={hasValues ? isShown : undefined}
        aria-controls={hasValues && isShown ? listId : undefined}
        aria-activedescendant={active}
        onInput={(event) => {
          setOpen(true);
          setChosen(-1);
          onValue(event.currentTarget.value);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={press}
        onBlur={() => {
          setOpen(false);
          onLeave();
        }}
      />
      {isShown ? (
        <div class="options" id={listId} role="listbox" aria-label={label}>
          {offered.map((each, index) => (
            <div
              key={each.value}
              id={`${listId}-${index}`}
              class="option"
              role="option"
              aria-selected={index === chosen}
              ref={(element) => {
                if (index === chosen) element?.scrollIntoView({ block: 'nearest' });
              }}
              onMouseDown={(event) => {
                // The input keeps the keyboard.
                event.preventDefault();
                take(each);
              }}
            >
              {each.label}
              <span class="option-value">{each.value}</span>
            </div>
          ))}
        </div>
      ) : undefined}
    </div>
  );
}
