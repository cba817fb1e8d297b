import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { ListedOperation } from '../../domain/operations/pageMessages.ts';

interface ListProps {
  readonly operations: readonly ListedOperation[];
  readonly search: string;
  readonly open: string | undefined;
  readonly onSearch: (search: string) => void;
  readonly onOpen: (id: string) => void;
}

interface ListedGroup {
  readonly title: string;
  readonly operations: readonly ListedOperation[];
}

/** Whether every word of the search stands somewhere in what the list says of an operation. */
function isFound({ id, title, description, group, does }: ListedOperation, search: string): boolean {
  const text = `${id} ${title} ${description} ${group} ${does}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Favorites first, then the groups in their order. */
function groupsOf(operations: readonly ListedOperation[], search: string): readonly ListedGroup[] {
  const found = operations.filter((each) => isFound(each, search));
  const favorites = found.filter(({ isFavorite }) => isFavorite);
  const titles = [...new Set(found.map(({ group }) => group))];
  return [
    ...(favorites.length === 0 ? [] : [{ title: 'Favorites', operations: favorites }]),
    ...titles.map((title) => ({
      title,
      operations: found.filter(({ group, isFavorite }) => group === title && !isFavorite),
    })),
  ].filter((group) => group.operations.length > 0);
}

/** The operations with a search box. The arrow keys move from the box into the list and in it; Enter opens. */
export function List({ operations, search, open, onSearch, onOpen }: ListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const groups = groupsOf(operations, search);
  const all = groups.flatMap((group) => group.operations);
  const stop = all.find(({ id }) => id === open)?.id ?? all[0]?.id;
  const move = (event: KeyboardEvent): void => {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>('.entry') ?? [])];
    const at = entries.findIndex((entry) => entry === document.activeElement);
    const to = targetOf(event.key, at, entries.length);
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) list.current?.querySelector('input')?.focus();
    else entries[to]?.focus();
  };
  return (
    <div class="list" ref={list} onKeyDown={move}>
      <div class="search">
        <input
          class="input"
          type="search"
          aria-label="Search operations"
          placeholder="Search operations"
          value={search}
          onInput={(event) => onSearch(event.currentTarget.value)}
        />
        <div class="unseen" role="status">
          {search.trim() === '' ? '' : `${all.length} found`}
        </div>
      </div>
      <nav class="groups" aria-label="Operations">
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h2 class="group-title">{group.title}</h2>
            <ul>
              {group.operations.map((each) => (
                <li key={each.id}>
                  <button
                    class="entry"
                    type="button"
                    tabIndex={each.id === stop ? 0 : -1}
                    aria-current={each.id === open}
                    onClick={() => onOpen(each.id)}
                  >
                    {each.title}
                    <span class="entry-facts">
                      {[each.does, each.last].filter((text) => text !== undefined).join(' · ')}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {all.length === 0 && operations.length > 0 ? <p class="none">No operation matches.</p> : undefined}
      </nav>
    </div>
  );
}

/** Where a key moves to in the list; -1 is the search box. Undefined where it does nothing there. */
function targetOf(key: string, at: number, count: number): number | undefined {
  const isInBox = at < 0;
  switch (key) {
    case 'ArrowDown':
      return count === 0 ? undefined : Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return isInBox ? undefined : at - 1;
    case 'Home':
      return isInBox ? undefined : 0;
    case 'End':
      return isInBox ? undefined : count - 1;
    default:
      return undefined;
  }
}
